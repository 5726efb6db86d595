import { expect, it } from 'vitest';
import { splitTags } from './tags.js';

it('lists bare tags and names the others', () => {
  expect(splitTags({ production: '', cost_center: '42', name: 'not-the-name' })).toEqual({
    bare: ['production'],
    named: { 'tag.cost-center': '42', 'tag.name': 'not-the-name' },
  });
});

it.each([
  [{ 'a b.c-D9': 'x' }, { 'tag.a b.c-D9': 'x' }],
  [{ 'größe/ort:rack': 'x' }, { 'tag.gr--e-ort-rack': 'x' }],
  [{ cost_center: 'first', 'cost-center': 'second' }, { 'tag.cost-center': 'first' }],
  [
    JSON.parse('{"__proto__": "polluted", "constructor": "x"}') as Record<string, string>,
    {
      'tag.--proto--': 'polluted',
      'tag.constructor': 'x',
    },
  ],
  [{ '': 'nameless' }, undefined],
])('turns %j into %j', (tags, named) => {
  expect(splitTags(tags)).toEqual({ bare: undefined, named });
});

it.each([null, undefined, {}])('finds nothing in %j', (tags) => {
  expect(splitTags(tags)).toEqual({ bare: undefined, named: undefined });
});
