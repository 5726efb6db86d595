import { defineSimulator } from '../kit/define-simulator.js';
import { DEFAULT_OPTIONS, OPTION_CHOICES, OPTION_HELP } from './options.js';
import type { PanopticaOptions } from './options.js';

/** The SecureCN generation of Cisco Panoptica: Escher signatures, offset paging without a stable order. */
export const panoptica = defineSimulator<PanopticaOptions>({
  vendor: 'panoptica',
  title: 'Cisco Panoptica',
  defaults: DEFAULT_OPTIONS,
  optionHelp: OPTION_HELP,
  choices: OPTION_CHOICES,
  samples: {
    empty: { images: 0, clusters: 0, workloads: 0, users: 0, oddities: false },
    small: { images: 3, rowsPerImage: 6, distinctVulnerabilities: 10, workloads: 4 },
    pagedLists: (['images', 'clusters'] as const).map((length) => ({
      length,
      pageSize: 10,
      options: { maxPageSize: 10, rowsPerImage: 2, oddities: false, order: 'stable' },
    })),
  },
  serve: async (options, kit) => (await import('./server.js')).servePanoptica(options, kit),
});
