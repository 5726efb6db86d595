import { expect, it } from 'vitest';
import { worseFix } from './fix-availability.js';

it.each([
  ['NO_FIX', 'PARTIAL_FIX', 'NO_FIX'],
  ['PARTIAL_FIX', 'FIX_AVILABLE', 'PARTIAL_FIX'],
  ['FIX_AVILABLE', 'NO_FIX', 'NO_FIX'],
  ['FIX_AVILABLE', 'FIX_AVILABLE', 'FIX_AVILABLE'],
  ['FIX_AVILABLE', 'FIX_AVAILABLE', 'FIX_AVILABLE'],
  ['b', 'a', 'a'],
  [undefined, 'FIX_AVILABLE', 'FIX_AVILABLE'],
  [undefined, undefined, undefined],
])('takes the worse of %s and %s, whichever came first: %s', (a, b, worse) => {
  expect([worseFix(a, b), worseFix(b, a)]).toEqual([worse, worse]);
});
