import { report } from '../kit/report.js';
import { measureVendor } from './vendor-benchmark.js';

/** 300 images with 200 rows each, and 2,000 containers. */
report(
  'panoptica',
  'Panoptica: collect and a bare program that reads the same, 32 at once, and writes it',
  await measureVendor({
    vendor: 'panoptica',
    options: (times) => ({
      images: 300 * times,
      rowsPerImage: 200,
      distinctVulnerabilities: 24_000 * times,
      workloads: 2_000 * times,
      order: 'stable',
    }),
    bare: 'panoptica',
    latencies: [0, 50],
  }),
);
