import { defineSimulator } from '../kit/define-simulator.js';

const defaults = {
  users: 14,
  groups: 4,
  apiKeys: 5,
  cloudAccounts: 3,
  pagingMode: 'plain',
  maxLimit: 100,
  beyondEnd: 'empty',
  drift: 'none',
  generation: 'new',
  windowSeconds: 300,
};

/** Size and behaviour of the simulated account. */
export type AquasecSimulatorOptions = typeof defaults;

export const aquasec = defineSimulator<AquasecSimulatorOptions>({
  vendor: 'aquasec',
  title: 'Aqua (CSPM)',
  defaults,
  optionHelp: {
    users: 'how many users',
    groups: 'how many groups',
    apiKeys: 'how many API keys',
    cloudAccounts: 'how many connected cloud accounts',
    pagingMode:
      'plain: no metadata; meta: meta.next_offset; total: total_count; ignore: always everything; no-limit-support: 400 when limit is sent',
    maxLimit: 'the longest page that the server gives, whatever was asked for',
    beyondEnd: 'answer to an offset beyond the end: empty or 404',
    drift: 'what happens to the users after their first page was read: none, insert, delete',
    generation: 'which fields the records have: 2021, 2022, new',
    windowSeconds: 'how far the time of a signature may be off',
  },
  choices: {
    pagingMode: ['plain', 'meta', 'total', 'ignore', 'no-limit-support'],
    beyondEnd: ['empty', '404'],
    drift: ['none', 'insert', 'delete'],
    generation: ['2021', '2022', 'new'],
  },
  samples: {
    empty: { users: 0, groups: 0, apiKeys: 0, cloudAccounts: 0 },
    small: {},
    pagedLists: (['users', 'groups', 'apiKeys', 'cloudAccounts'] as const).map((length) => ({
      length,
      pageSize: 10,
      options: { maxLimit: 10 },
    })),
  },
  async serve(options, kit) {
    const { serveAquasec } = await import('./server.js');
    return serveAquasec(options, kit);
  },
});
