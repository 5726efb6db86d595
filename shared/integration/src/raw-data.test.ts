import { expect, it } from 'vitest';
import { withRawData } from './raw-data.js';

it('gives back the entity itself, with the record as its raw data', () => {
  const entity = { _key: 'acme_account:1', _type: 'acme_account', _class: ['Account'], name: 'Example' };
  const record = { id: 1 };

  const complete = withRawData(entity, record);

  expect(complete).toBe(entity);
  expect(complete).toEqual({
    _key: 'acme_account:1',
    _type: 'acme_account',
    _class: ['Account'],
    name: 'Example',
    _rawData: [{ name: 'default', rawData: { id: 1 } }],
  });
});
