import { expect, it } from 'vitest';
import { AgentIndex } from './agent-index.js';

it('tells agents of the listings from those that turn up later', () => {
  const index = new AgentIndex(['a', 'b', 'a']);

  const numbers = ['b', 'x', 'a', 'y', 'x'].map((id) => index.numberOf(id));

  expect(numbers).toEqual([1, 2, 0, 3, 2]);
  expect(index.listed).toEqual(['a', 'b']);
  expect(index.listedCount).toBe(2);
  expect(index.unlisted).toEqual(['x', 'y']);
  expect(index.ids).toEqual(['a', 'b', 'x', 'y']);
});

it('knows ids by which JavaScript knows something else', () => {
  const index = new AgentIndex(['__proto__', 'constructor']);

  expect([index.numberOf('constructor'), index.numberOf('__proto__'), index.numberOf('toString')]).toEqual([1, 0, 2]);
});
