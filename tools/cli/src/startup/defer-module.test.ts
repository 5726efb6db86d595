import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deferFunction, deferModule } from './defer-module.js';

const require = createRequire(import.meta.url);

describe('deferModule', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'defer-module-'));
    file = join(folder, 'part.js');
    writeFileSync(
      file,
      `Object.defineProperty(exports, '__esModule', { value: true });
       require.main; exports.answer = 42; exports.loadedBy = module.constructor.name;
       globalThis.timesLoaded = (globalThis.timesLoaded ?? 0) + 1;`,
    );
  });

  afterEach(() => {
    Reflect.deleteProperty(require.cache, file);
    Reflect.deleteProperty(globalThis, 'timesLoaded');
    rmSync(folder, { recursive: true });
  });

  it('loads the module when something of it is used, and once', () => {
    deferModule(require, file);
    const part = require(file) as { __esModule: boolean; answer: number };

    expect([part.__esModule, Reflect.get(globalThis, 'timesLoaded')]).toEqual([true, undefined]);
    expect([part.answer, part.answer, Reflect.get(globalThis, 'timesLoaded')]).toEqual([42, 42, 1]);
  });

  it('shows what the module exports', () => {
    deferModule(require, file);
    const part = require(file) as object;

    expect(Object.keys(part)).toEqual(['answer', 'loadedBy']);
    expect('answer' in part).toBe(true);
    expect({ ...part }).toMatchObject({ answer: 42 });
  });

  it('lets those who require the module later have it itself', () => {
    deferModule(require, file);
    const early = require(file) as { answer: number };
    expect(early.answer).toBe(42);

    const late = require(file) as object;
    expect(Reflect.ownKeys(late)).toContain('__esModule');
    expect(late).not.toBe(early);
  });

  it('leaves a module alone that is loaded', () => {
    const part = require(file) as object;

    deferModule(require, file);

    expect(require(file)).toBe(part);
  });

  it('loads for an export the file that it comes from alone', () => {
    const origin = join(folder, 'origin.js');
    writeFileSync(origin, "exports.name = 'origin';");
    deferModule(require, file, new Map([['name', origin]]));
    const part = require(file) as { name: string; answer: number };

    expect([part.name, Reflect.get(globalThis, 'timesLoaded')]).toEqual(['origin', undefined]);
    expect([part.answer, Reflect.get(globalThis, 'timesLoaded')]).toEqual([42, 1]);
    Reflect.deleteProperty(require.cache, origin);
  });
});

describe('deferFunction', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'defer-function-'));
    file = join(folder, 'part.js');
    writeFileSync(
      file,
      `module.exports = function () { return [this, ...arguments]; };
       module.exports.sync = () => 'in sync';
       globalThis.timesLoaded = (globalThis.timesLoaded ?? 0) + 1;`,
    );
  });

  afterEach(() => {
    Reflect.deleteProperty(require.cache, file);
    Reflect.deleteProperty(globalThis, 'timesLoaded');
    rmSync(folder, { recursive: true });
  });

  it('loads the module when the function is called, and once', () => {
    deferFunction(require, file);
    const part = require(file) as ((...values: unknown[]) => unknown) & { __esModule?: boolean };

    // How compiled code tells a function from an ES module.
    expect([typeof part, part.__esModule, Reflect.get(globalThis, 'timesLoaded')]).toEqual([
      'function',
      undefined,
      undefined,
    ]);
    const self = {};
    expect(part.call(self, 1, 2)).toEqual([self, 1, 2]);
    expect([part.call(self), Reflect.get(globalThis, 'timesLoaded')]).toEqual([[self], 1]);
  });

  it('has the properties of the function', () => {
    deferFunction(require, file);
    const part = require(file) as { sync: () => string };

    expect(part.sync()).toBe('in sync');
    expect(Object.keys(part)).toEqual(['sync']);
  });

  it('takes the function from elsewhere', () => {
    deferFunction(require, file, () => () => 'elsewhere');
    const part = require(file) as () => string;

    expect([part(), Reflect.get(globalThis, 'timesLoaded')]).toEqual(['elsewhere', undefined]);
  });
});
