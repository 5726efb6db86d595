import { report } from '../kit/report.js';
import { measureVendor } from './vendor-benchmark.js';

/** 300 images with 200 rows each, and 2,000 containers. */
report(
  'panoptica',
  'Panoptica: collect and a bare program that reads the same, 32 at once, and writes it',
  await measureVendor({
    vendor: 'panoptica',
    options: (scaled) => ({
      images: scaled(300),
      rowsPerImage: 200,
      distinctVulnerabilities: scaled(24_000),
      workloads: scaled(2_000),
      order: 'stable',
      // The bare program does not merge records that say of one thing more than others do.
      oddities: false,
    }),
    bare: 'panoptica',
  }),
);
