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
  serve: async (options, kit) => (await import('./server.js')).servePanoptica(options, kit),
});
