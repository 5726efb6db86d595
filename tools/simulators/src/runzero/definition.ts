import { defineSimulator } from '../kit/define-simulator.js';

/** What can be set on the runZero simulator. */
// A type, not an interface: only a type fits the index signature of the kit's options.
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type RunZeroOptions = {
  organizations: number;
  sites: number;
  users: number;
  assets: number;
  assetBytes: number;
  wirelessNetworks: number;
  console: string;
  dailyQuota: number;
  usedToday: number;
  compression: boolean;
};

/** The generations of the console that answer differently. */
export const CONSOLES = ['2022', '2024', '2025'] as const;

/** runZero's console API, account and export part. */
export const runzero = defineSimulator<RunZeroOptions>({
  vendor: 'runzero',
  title: 'runZero console API 1.0',
  defaults: {
    organizations: 6,
    sites: 3,
    users: 12,
    assets: 40,
    assetBytes: 0,
    wirelessNetworks: 4,
    console: '2025',
    dailyQuota: 5_000,
    usedToday: 13,
    compression: false,
  },
  optionHelp: {
    organizations: 'How many organizations the account has; the second has no export token, the fourth is inactive.',
    sites: 'How many sites each organization has.',
    users: 'How many users the account has; the first twelve have every combination of roles.',
    assets: 'How many assets each organization has, but for the fourth and the fifth, which have none.',
    assetBytes:
      'Pads each line of an asset export to this many bytes, whatever fields were asked for; 0: natural sizes.',
    wirelessNetworks: 'How many wireless networks each site can see.',
    console:
      'Generation of the console: 2022 (no paging, tokens in the organization), 2024 (token lists), 2025 (paging).',
    dailyQuota: 'How many calls with the account key are answered a day.',
    usedToday: 'How many of them were used before the simulator started.',
    compression: 'Whether answers are compressed for clients that accept gzip; the real console does not.',
  },
  choices: { console: CONSOLES },
  samples: {
    // Every account has an organization.
    empty: { organizations: 1, sites: 0, users: 0, assets: 0, wirelessNetworks: 0 },
    small: { organizations: 3, sites: 2, assets: 4, wirelessNetworks: 2 },
    // Its lists come whole, or as a stream.
    pagedLists: [],
    // Some keys may not list tokens: then there are none, and the user is warned.
    refusable: ['GET /api/v1.0/account/orgs/:id/exportTokens'],
  },
  serve: async (options, kit) => {
    const { serveRunZero } = await import('./server.js');
    return serveRunZero(options, kit);
  },
});
