import { describe, expect, it } from 'vitest';
import { keptAttributes } from './asset-attributes.js';

describe('keptAttributes', () => {
  it.each([
    'os.vendor',
    'os.cpe23',
    'hw.serialNumber',
    'switch.port',
    'vlan',
    'virtual',
    'edr.name',
    'windows.server',
    'service.cpe23',
  ])('keeps %s', (name) => {
    expect(keptAttributes({ [name]: 'value' })).toEqual({ [name]: 'value' });
  });

  it.each([
    '@rumble.scan.os.vendor',
    'os',
    'osx.vendor',
    'vlan.id',
    'virtualization',
    'edr.name.x',
    'snmp.community',
    'http.head.setCookie',
    'banner',
    '__proto__',
    '',
  ])('leaves out %s', (name) => {
    expect(keptAttributes(JSON.parse(`{${JSON.stringify(name)}: "value"}`))).toEqual({});
  });

  it.each([
    ['x'.repeat(512), 'x'.repeat(512)],
    ['x'.repeat(513), 'x'.repeat(512)],
    ['例'.repeat(171), '例'.repeat(170)],
    [`${'x'.repeat(509)}🚀`, 'x'.repeat(509)],
    [`${'x'.repeat(508)}🚀`, `${'x'.repeat(508)}🚀`],
  ])('cuts values at 512 bytes, between characters', (value, expected) => {
    expect(keptAttributes({ 'os.family': value })).toEqual({ 'os.family': expected });
  });

  it.each([undefined, null, 'text', 7, [], ['os.vendor'], { 'os.vendor': 7, 'hw.vendor': null, 'os.x': {} }])(
    'finds nothing to keep in %j',
    (attributes) => {
      expect(keptAttributes(attributes)).toEqual({});
    },
  );
});
