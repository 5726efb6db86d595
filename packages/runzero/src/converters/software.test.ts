import { describe, expect, it } from 'vitest';
import { softwareKey, toSoftwareEntity } from './software.js';

const record = { software_asset_id: '7d0b1c62-5d1e-4c0c-9b55-0a4f6a0f2d11' };

describe('softwareKey', () => {
  it('is the same for all that have the same version, however it is spelt', () => {
    const one = { ...record, software_vendor: 'Google', software_product: 'Chrome', software_version: '114' };
    const other = { ...record, software_vendor: ' google', software_product: 'CHROME ', software_version: '114' };

    expect([softwareKey(one), softwareKey(other)]).toEqual(Array(2).fill('rumble_software:google:chrome:114'));
  });

  it('tells names apart that hold the separator', () => {
    const keys = [
      { software_vendor: 'a:b', software_product: 'c', software_version: '' },
      { software_vendor: 'a', software_product: 'b:c', software_version: '' },
      { software_vendor: 'a%3Ab', software_product: 'c', software_version: '' },
      { software_vendor: 'a', software_product: 'b', software_version: 'c' },
    ].map((fields) => softwareKey({ ...record, ...fields }));

    expect(new Set(keys).size).toBe(4);
  });
});

describe('toSoftwareEntity', () => {
  it('makes an application of what names one', () => {
    const software = { ...record, software_vendor: 'Google', software_product: 'Chrome', software_version: '114' };

    expect(JSON.parse(JSON.stringify(toSoftwareEntity(software)))).toEqual({
      _type: 'rumble_software',
      _class: ['Application'],
      _key: 'rumble_software:google:chrome:114',
      name: 'Chrome',
      displayName: 'Google Chrome 114',
      vendor: 'Google',
      product: 'Chrome',
      version: '114',
    });
  });

  it.each([{}, { software_version: '1.0' }, { software_vendor: ' ', software_product: '' }])(
    'makes nothing of what names none: %j',
    (fields) => {
      expect(softwareKey({ ...record, ...fields })).toBeUndefined();
      expect(toSoftwareEntity({ ...record, ...fields })).toBeUndefined();
    },
  );
});
