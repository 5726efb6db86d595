import { describe, expect, it } from 'vitest';
import { describeConformance } from './describe-conformance.js';
import { describePackage } from './suite/package.js';
import { loadVendors } from './vendors.js';

const vendors = await loadVendors();

it('finds vendors', () => {
  expect(vendors.length).toBeGreaterThanOrEqual(4);
});

for (const vendor of vendors) {
  describeConformance(vendor);
  describe(vendor.name, () => {
    describePackage(vendor);
  });
}
