import { defineSimulator } from '../kit/define-simulator.js';

const defaults = {
  account: 'simulated-account',
  apiKey: 'simulated-jupiterone-api-key',
  maxBodyBytes: 6_000_000,
};

/** Who may upload, and how much at once. */
export type JupiterOneSimulatorOptions = typeof defaults;

/** The other side of `vendor-graph sync`: JupiterOne's synchronization API. */
export const jupiterone = defineSimulator<JupiterOneSimulatorOptions>({
  vendor: 'jupiterone',
  title: 'JupiterOne (synchronization API)',
  defaults,
  optionHelp: {
    account: 'name of the JupiterOne account',
    apiKey: 'the key that is accepted as a bearer token',
    maxBodyBytes: 'bytes of one decompressed upload; more is answered 413',
  },
  async serve(options, kit) {
    const { serveJupiterOne } = await import('./server.js');
    return serveJupiterOne(options, kit);
  },
});
