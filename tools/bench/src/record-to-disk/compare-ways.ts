// Our builder and store against the SDK's: the same records, the same objects, the same files.
import { fileURLToPath } from 'node:url';
import { compare } from '../kit/compare.js';
import { report } from '../kit/report.js';
import { runProcess } from '../kit/run-process.js';

const PROGRAMS = fileURLToPath(new URL('./programs.js', import.meta.url));
const SIZES = (process.env['BENCH_ENTITIES'] ?? '20000,200000').split(',');

const measurements = [];
for (const size of SIZES)
  for (const shape of ['flat', 'nested'])
    measurements.push({
      ...(await compare(
        `${size} ${shape} records`,
        { name: 'ours', run: () => runProcess([PROGRAMS, 'ours', size, shape], {}) },
        { name: 'SDK', run: () => runProcess([PROGRAMS, 'sdk', size, shape], {}) },
      )),
      size: { amount: Number(size), under: `${shape} records` },
    });
report('record-to-disk', "Record to disk: our builder and store, and the SDK's", measurements);
