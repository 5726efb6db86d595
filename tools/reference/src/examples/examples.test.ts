import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { WORKSPACE } from '../workspace.js';
import { exampleModule } from './example-module.js';
import { exportedFunctions, findExamples } from './find-examples.js';

const LIBRARIES = ['flow-control', 'http', 'integration'];
/** Not committed; beside the packages that the examples import. */
const FOLDER = join(WORKSPACE, 'tools/reference/out-tsc/examples');

const examples = LIBRARIES.flatMap((library) => findExamples(join(WORKSPACE, 'shared', library))).map(
  (example, index) => ({ ...example, file: join(FOLDER, `example-${index}.ts`) }),
);

beforeAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const { file, code } of examples) writeFileSync(file, exampleModule(code));
});

describe('the examples of the shared libraries', () => {
  it.each(LIBRARIES)('are there for every function of %s', (library) => {
    const folder = join(WORKSPACE, 'shared', library);
    const explained = findExamples(folder).map(({ title }) => title.split(' ')[1]);

    expect(exportedFunctions(folder).filter((name) => !explained.includes(name))).toEqual([]);
  });

  it('have right types', { timeout: 600_000 }, () => {
    const { config } = ts.readConfigFile(join(WORKSPACE, 'tsconfig.base.json'), (path) => ts.sys.readFile(path)) as {
      config: { compilerOptions: object };
    };
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, WORKSPACE);
    const files = [...examples.map(({ file }) => file), join(WORKSPACE, 'shared/http/src/auth/escher-auth.d.ts')];

    const program = ts.createProgram(files, { ...options, composite: false, noEmit: true });
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);

    expect(problems).toEqual([]);
  });

  it.each(examples)('$title does what it says', async ({ file }) => {
    await import(pathToFileURL(file).href);
  });
});
