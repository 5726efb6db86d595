import { expect, it } from 'vitest';
import { osTypeOf } from './os-type.js';

it.each([
  ['Google Linux Android', 'Google', 'android'],
  ['Google Chrome OS', 'Google', 'chromeos'],
  ['ChromeOS', undefined, 'chromeos'],
  ['Microsoft Windows Server 2012 R2', 'Microsoft', 'windows'],
  ['Apple macOS', 'Apple', 'darwin'],
  ['Apple Mac OS X', 'Apple', 'darwin'],
  ['Apple OS X', 'Apple', 'darwin'],
  ['Apple iOS', 'Apple', 'ios'],
  ['Apple iOS 15', undefined, 'ios'],
  ['Apple iPadOS', 'Apple', 'ios'],
  ['Cisco IOS', 'Cisco', 'other'],
  ['Cisco IOS', undefined, 'other'],
  ['Ubuntu Linux', 'Ubuntu', 'linux'],
  ['Red Hat Enterprise Linux', 'Red Hat', 'linux'],
  ['FreeBSD', undefined, 'unix'],
  ['Oracle Solaris', 'Oracle', 'unix'],
  ['IBM AIX', 'IBM', 'unix'],
  ['HP HP-UX', 'HP', 'unix'],
  ['SCO UnixWare', 'SCO', 'unix'],
  ['VMware ESXi', 'VMware', 'other'],
  ['Praixis Firmware', undefined, 'other'],
  [undefined, 'Microsoft', null],
] as const)('takes %j of %j for %j', (os, vendor, expected) => {
  expect(osTypeOf(os, vendor)).toBe(expected);
});
