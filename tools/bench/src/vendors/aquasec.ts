import { report } from '../kit/report.js';
import { measureVendor } from './vendor-benchmark.js';

/** 2,000 users, 50 groups, 500 API keys. */
report(
  'aquasec',
  'Aqua: collect and a bare program that keeps to the same ten requests a second',
  await measureVendor({
    vendor: 'aquasec',
    options: (scaled) => ({ users: scaled(2_000), groups: scaled(50), apiKeys: scaled(500) }),
    bare: 'aquasec',
  }),
);
