import { report } from '../kit/report.js';
import { measureVendor } from './vendor-benchmark.js';

/** 20,000 assets of 4 KB in 3 organizations. README.md says how to run it with a million. */
report(
  'runzero',
  'runZero: collect and a bare program that writes the same objects',
  await measureVendor({
    vendor: 'runzero',
    options: (scaled) => ({
      organizations: 3,
      assets: scaled(20_000 / 3),
      assetBytes: 4_096,
      dailyQuota: 100_000,
    }),
    env: { RUNZERO_EXPORT_WITH_ACCOUNT_KEY: 'true' },
    bare: 'runzero',
  }),
);
