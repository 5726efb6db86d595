import { report } from '../kit/report.js';
import { measureVendor } from './vendor-benchmark.js';

/** 300 images with 200 rows each, and 2,000 containers. */
report(
  'panoptica',
  'Panoptica: collect and a bare program that writes the same objects, with 32 images at once',
  await measureVendor({
    vendor: 'panoptica',
    options: (scaled) => ({
      images: scaled(300),
      rowsPerImage: 200,
      distinctVulnerabilities: scaled(24_000),
      workloads: scaled(2_000),
      order: 'stable',
      // The bare program is right for ordinary records only.
      oddities: false,
    }),
    bare: 'panoptica',
  }),
);
