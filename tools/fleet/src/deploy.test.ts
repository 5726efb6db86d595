import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, parse } from 'yaml';
import { readAccounts } from './accounts/read-accounts.js';
import { registerFleet } from './commands/register-fleet.js';

const DEPLOY = fileURLToPath(new URL('../deploy', import.meta.url));
const KUBERNETES = join(DEPLOY, 'kubernetes');

interface Container {
  image: string;
  args: string[];
  securityContext: object;
  env?: { name: string; value: string }[];
  resources: { limits: { memory: string } };
}
interface Manifest {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  spec?: {
    template?: {
      spec: {
        securityContext: object;
        automountServiceAccountToken: boolean;
        terminationGracePeriodSeconds?: number;
        containers: Container[];
      };
    };
  };
}
interface Compose {
  services: Record<
    string,
    { command?: string[]; deploy?: { replicas: number }; read_only: boolean; stop_grace_period?: string }
  >;
}

const manifests = readdirSync(KUBERNETES).flatMap((file) =>
  parseAllDocuments(readFileSync(join(KUBERNETES, file), 'utf8')).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Manifest;
  }),
);
const pods = manifests.flatMap(({ kind, metadata, spec }) =>
  spec?.template !== undefined ? [{ name: `${kind} ${metadata.name}`, pod: spec.template.spec }] : [],
);
const compose = parse(readFileSync(join(DEPLOY, 'compose.yaml'), 'utf8'), { merge: true }) as Compose;

const fleet = new Command();
registerFleet(fleet);

/** What the command would say about arguments; undefined when it takes them. */
function problemOf([name, ...args]: readonly string[]): string | undefined {
  const command = fleet.commands[0]?.commands.find((each) => each.name() === name);
  if (command === undefined) return `there is no command ${name ?? ''}`;
  const { unknown } = command.parseOptions([...args]);
  return unknown.length > 0 ? `${name ?? ''}: unknown ${unknown.join(' ')}` : undefined;
}

describe('the Kubernetes manifests', () => {
  it('are those of Redis, the workers, their schedules, the network and the scaling', () => {
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Job vendor-graph-apply',
      'ScaledObject vendor-graph-worker',
      'NetworkPolicy vendor-graph-redis',
      'NetworkPolicy vendor-graph-fleet',
      'ConfigMap vendor-graph-redis',
      'Service vendor-graph-redis',
      'StatefulSet vendor-graph-redis',
      'Deployment vendor-graph-worker',
    ]);
  });

  it.each(pods)('run $name without rights', ({ pod }) => {
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    for (const container of pod.containers) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources.limits.memory).toMatch(/Mi$/);
    }
  });

  it.each(pods.filter(({ name }) => !name.startsWith('StatefulSet')))('give $name arguments that exist', ({ pod }) => {
    for (const { args } of pod.containers) expect(problemOf(args)).toBeUndefined();
  });

  it('leave workers longer than they need to drain', () => {
    const worker = pods.find(({ name }) => name === 'Deployment vendor-graph-worker')?.pod;

    expect(worker?.containers[0]?.args).toContain('5m');
    expect(worker?.terminationGracePeriodSeconds).toBeGreaterThan(5 * 60);
  });

  it('let Redis lose nothing, as the compose file does', () => {
    const settings = (text: string): string[] =>
      text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const inCluster = manifests.find(({ kind }) => kind === 'ConfigMap')?.data?.['redis.conf'] ?? '';

    expect(settings(inCluster)).toEqual(settings(readFileSync(join(DEPLOY, 'redis.conf'), 'utf8')));
    expect(settings(inCluster)).toEqual(
      expect.arrayContaining(['appendonly yes', 'appendfsync always', 'maxmemory-policy noeviction']),
    );
  });
});

describe('the compose file', () => {
  it('runs Redis and three workers', () => {
    expect(Object.keys(compose.services)).toEqual(['redis', 'worker', 'dashboard', 'apply', 'status']);
    expect(compose.services['worker']?.deploy?.replicas).toBe(3);
  });

  it.each(['worker', 'dashboard', 'apply', 'status'])('gives %s arguments that exist', (name) => {
    expect(problemOf(compose.services[name]?.command ?? [])).toBeUndefined();
    expect(compose.services[name]?.read_only).toBe(true);
  });
});

it('has an example of an accounts file that can be used', () => {
  expect(readAccounts(join(DEPLOY, 'accounts.example.yaml')).map(({ name }) => name)).toEqual([
    'example-threatstack',
    'example-runzero',
  ]);
});
