import type { Random } from '../kit/random.js';

/** An agent as the API shows it; which fields are there differs from agent to agent. */
export interface AgentRecord {
  readonly id: string;
  readonly instanceId?: string | null;
  readonly status?: string;
  readonly createdAt: string;
  readonly lastReportedAt: string | null;
  readonly version: string;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly hostname: string;
  readonly ipAddresses?: object | null;
  readonly tags?: readonly object[] | null;
  readonly agentType: string;
  readonly osVersion?: string | null;
  readonly kernel?: string | null;
  readonly agentModuleHealth?: object | null;
}

/** Times in the data lie before this moment, whenever the simulator runs: same seed, same data. */
export const DATA_TIME = Date.UTC(2024, 2, 1, 9, 0, 0);

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const SYSTEMS = [
  { osVersion: 'amzn 2018.03', kernel: '4.14.114-83.126.amzn1.x86_64' },
  { osVersion: 'amzn 2', kernel: '4.14.256-197.484.amzn2.x86_64' },
  { osVersion: 'ubuntu 14.04', kernel: '4.4.0-1042-aws' },
  { osVersion: 'ubuntu 20.04', kernel: '5.4.0-1045-aws' },
  { osVersion: 'centos 7', kernel: '3.10.0-1160.el7.x86_64' },
  { osVersion: 'rhel 8.5', kernel: '4.18.0-348.el8.x86_64' },
];
const ROLES = ['web', 'api', 'db', 'cache', 'worker', 'build'];
const ENVIRONMENTS = ['production', 'staging', 'internal'];

/** A regular agent; the same number always gives the same one. Every seventh runs outside EC2, on a named server. */
export function regularAgent(random: Random, number: number, status: 'online' | 'offline'): AgentRecord {
  const draw = random.fork('agent', number);
  const role = draw.pick(ROLES);
  const address = [10, draw.integer(0, 255), draw.integer(0, 255), draw.integer(1, 254)];
  const mac = [2, 0x42, draw.integer(0, 255), (number >> 16) & 0xff, (number >> 8) & 0xff, number & 0xff];
  const isCloud = number % 7 !== 3;
  const hostname = isCloud
    ? `ip-${address.join('-')}-${number}`
    : `${role}-${String(number).padStart(4, '0')}.corp.example.com`;
  const isRecent = draw.chance(0.6);
  return {
    id: agentId(draw, number % 10 === 9),
    ...(isCloud ? { instanceId: instanceId(draw) } : {}),
    status,
    createdAt: iso(DATA_TIME - draw.integer(2 * DAY, 700 * DAY)),
    lastReportedAt: iso(
      status === 'online' ? DATA_TIME - draw.integer(0, 5 * MINUTE) : DATA_TIME - draw.integer(10 * MINUTE, DAY),
    ),
    version: isRecent
      ? `3.${draw.integer(0, 4)}.${draw.integer(0, 9)}`
      : `${draw.integer(1, 2)}.${draw.integer(0, 9)}.0`,
    name: hostname,
    description: '',
    hostname,
    ipAddresses: {
      private: [address.join('.')],
      link_local: [linkLocal(mac)],
      public: draw.chance(0.3) ? [`203.0.113.${draw.integer(1, 254)}`] : [],
    },
    tags: isCloud
      ? [
          { source: 'ec2', key: 'Name', value: hostname },
          { source: 'ec2', key: 'Environment', value: draw.pick(ENVIRONMENTS) },
          { source: 'ec2', key: 'Role', value: role },
        ]
      : [],
    agentType: draw.chance(0.85) ? 'investigate' : 'monitor',
    ...draw.pick(SYSTEMS),
    ...(isRecent
      ? { agentModuleHealth: { isHealthy: draw.chance(0.95), dnsTracer: 'ENABLED', networkTracer: 'ENABLED' } }
      : {}),
  };
}

/** A version 1 UUID; old agents have 24 hexadecimal digits instead. */
export function agentId(draw: Random, isOld = false): string {
  if (isOld) return draw.hex(24);
  return `${draw.hex(8)}-${draw.hex(4)}-11e9-${draw.pick(['8', '9', 'a', 'b'])}${draw.hex(3)}-${draw.hex(12)}`;
}

/** An EC2 instance id. */
export function instanceId(draw: Random): string {
  return `i-0${draw.hex(16)}`;
}

/** A moment as the API writes it. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** The link-local IPv6 address that an interface makes of its MAC address (EUI-64). */
function linkLocal(mac: readonly number[]): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = mac;
  const groups = [((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f];
  return `fe80::${groups.map((group) => group.toString(16)).join(':')}`;
}
