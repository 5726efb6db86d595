import { report } from '../kit/report.js';
import { measureVendor } from './vendor-benchmark.js';

/** 1,000 agents, 200 CVEs, each on 50 agents. Its answers are signed for one request, so that the simulator gives them. */
report(
  'threatstack',
  'Threat Stack: collect, without the limit of 200 requests a minute',
  await measureVendor({
    vendor: 'threatstack',
    options: (scaled) => ({
      agents: scaled(1_000),
      cves: scaled(200),
      serversPerCve: 50,
      rateLimit: 1_000_000,
    }),
    replayed: false,
  }),
);
