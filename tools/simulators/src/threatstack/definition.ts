import { defineSimulator } from '../kit/define-simulator.js';

export interface ThreatStackOptions {
  agents: number;
  offlineAgents: number;
  cves: number;
  serversPerCve: number;
  packagesPerCve: number;
  alerts: number;
  alertDays: number;
  unmonitoredServers: number;
  oddities: boolean;
  embeddedAgents: string;
  truncateAt: number;
  rowsPer: string;
  agentWithoutCves: string;
  pageSize: number;
  finalToken: string;
  tokenKey: string;
  tokenAlphabet: string;
  rateLimit: number;
  rateWindowMs: number;
  skewSeconds: number;
  staleTimestampHint: boolean;
  serverAuthorization: boolean;
  apiKey: string;
}

/** The Threat Stack REST API, version 2. */
export const threatstack = defineSimulator<ThreatStackOptions>({
  vendor: 'threatstack',
  title: 'Threat Stack',
  defaults: {
    agents: 260,
    offlineAgents: 12,
    cves: 120,
    serversPerCve: 4,
    packagesPerCve: 1.25,
    alerts: 90,
    alertDays: 90,
    unmonitoredServers: 8,
    oddities: true,
    embeddedAgents: 'complete',
    truncateAt: 50,
    rowsPer: 'package',
    agentWithoutCves: 'empty',
    pageSize: 100,
    finalToken: 'null',
    tokenKey: 'token',
    tokenAlphabet: 'base64',
    rateLimit: 200,
    rateWindowMs: 60_000,
    skewSeconds: 60,
    staleTimestampHint: true,
    serverAuthorization: true,
    apiKey: 'ts-example-api-key-0123456789abcdef',
  },
  optionHelp: {
    agents: 'Online agents.',
    offlineAgents: 'Offline agents.',
    cves: 'Distinct CVEs.',
    serversPerCve: 'Agents that each CVE was found on.',
    packagesPerCve: 'Packages, and so rows, of each CVE; an average, at least 1.',
    alerts: 'Alerts, spread evenly over the days before the start, newest first.',
    alertDays: 'Days that the alerts are spread over.',
    unmonitoredServers: 'EC2 instances without an agent.',
    oddities: 'Adds the irregular records that the real API is known for to the sizes above.',
    embeddedAgents: 'Agents inside vulnerability rows: complete, absent, truncated, or mixed (in every second row).',
    truncateAt: 'Length at which embedded agents are cut off when they are truncated.',
    rowsPer: 'A vulnerability row for each package, or for each package and host.',
    agentWithoutCves: 'Vulnerabilities of an agent that has none: empty list, or 404.',
    pageSize: 'Records on a page.',
    finalToken: 'The token of a last page: null, empty or absent.',
    tokenKey: 'Name of the token in a page: token or paginationToken.',
    tokenAlphabet: 'base64 tokens must be encoded in a query, base64url tokens need not.',
    rateLimit: 'Requests of an organization in a window; 0 for no limit.',
    rateWindowMs: 'Length of the fixed window in milliseconds.',
    skewSeconds: 'How far a timestamp may be from the time of the simulator.',
    staleTimestampHint: "Whether a stale timestamp is answered with the simulator's time, signed.",
    serverAuthorization: 'Whether answers are signed.',
    apiKey: 'The API key of the user.',
  },
  choices: {
    embeddedAgents: ['complete', 'absent', 'truncated', 'mixed'],
    rowsPer: ['package', 'host'],
    agentWithoutCves: ['empty', '404'],
    finalToken: ['null', 'empty', 'absent'],
    tokenKey: ['token', 'paginationToken'],
    tokenAlphabet: ['base64', 'base64url'],
  },
  samples: {
    empty: { agents: 0, offlineAgents: 0, cves: 0, alerts: 0, unmonitoredServers: 0, oddities: false },
    small: { agents: 12, offlineAgents: 3, cves: 8, alerts: 20 },
    pagedLists: (['agents', 'offlineAgents'] as const).map((length) => ({
      length,
      pageSize: 5,
      options: { pageSize: 5, cves: 2, alertDays: 1, oddities: false },
    })),
  },
  serve: async (options, kit) => (await import('./server.js')).serveThreatStack(options, kit),
});
