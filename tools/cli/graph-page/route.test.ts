import { describe, expect, it } from 'vitest';
import { readRoute, writeRoute, type Route } from './route.js';

describe('a route', () => {
  it.each<Route>([{ view: 'overview' }, { view: 'node', node: 3 }, { view: 'entity', node: 3, member: 17 }])(
    'is read as it was written: %j',
    (route) => {
      expect(readRoute(writeRoute(route))).toEqual(route);
    },
  );

  it.each(['', '#', '#/type', '#/type/x', '#/entity/1', '#/type/1/2', '#/other/1'])(
    'is the overview where the address is %j',
    (hash) => {
      expect(readRoute(hash)).toEqual({ view: 'overview' });
    },
  );
});
