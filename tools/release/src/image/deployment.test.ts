import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readManifest } from '../packages/manifest.js';
import { publishedPackages } from '../packages/published-packages.js';
import { workspaceRoot } from '../workspace-root.js';
import { dockerfileProblems } from './dockerfile-problems.js';

const FOLDER = join(workspaceRoot, 'examples', 'deploy');
const VENDORS = ['aquasec', 'panoptica', 'runzero', 'threatstack'];
const dockerfile = readFileSync(join(FOLDER, 'Dockerfile'), 'utf8');
const yaml = (file: string): unknown => parse(readFileSync(join(FOLDER, file), 'utf8'), { merge: true });

describe('the container image', () => {
  it('passes the linter', () => {
    expect(validate(dockerfile)).toEqual([]);
  });

  it('keeps the rules', () => {
    expect(dockerfileProblems(dockerfile)).toEqual([]);
  });

  it('holds the command, the vendors, all that they need, and the SDK that they are tested with', () => {
    const { dependencies = {} } = readManifest(FOLDER);
    const { catalog } = parse(readFileSync(join(workspaceRoot, 'pnpm-workspace.yaml'), 'utf8')) as {
      catalog: Record<string, string>;
    };
    const ours = publishedPackages(workspaceRoot)
      .filter(({ folder }) => /^shared\/|\/(cli|entity-validator)$/.test(folder) || VENDORS.includes(basename(folder)))
      .map(({ manifest }) => [manifest.name, `file:tarballs/${manifest.nx?.name ?? ''}.tgz`]);

    expect(dependencies).toEqual({
      ...Object.fromEntries(ours),
      '@jupiterone/integration-sdk-core': catalog['@jupiterone/integration-sdk-core'],
      '@jupiterone/integration-sdk-runtime': catalog['@jupiterone/integration-sdk-runtime'],
    });
  });

  it('is built from nothing but tarballs', () => {
    const lines = readFileSync(join(workspaceRoot, '.dockerignore'), 'utf8').split('\n');

    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
      '*',
      '!tarballs/*.tgz',
      '!examples/deploy/package.json',
    ]);
  });
});

describe('the example for compose', () => {
  const { services } = yaml('compose.yaml') as { services: Record<string, Record<string, unknown>> };

  it('has a service for each vendor, and one that uploads', () => {
    expect(Object.keys(services).sort()).toEqual([...VENDORS, 'upload']);
  });

  it.each(Object.entries(services))('%s runs without rights, and with its own secrets only', (name, service) => {
    expect(service).toMatchObject({
      user: '1000:1000',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      volumes: ['graphs:/data'],
      restart: 'no',
      env_file: [name === 'upload' ? 'jupiterone.env' : `${name}.env`],
    });
    expect(service).not.toHaveProperty('environment');
    expect(service).not.toHaveProperty('privileged');
  });
});

describe('the example for Kubernetes', () => {
  const job = yaml('cronjob.yaml') as {
    kind: string;
    spec: { concurrencyPolicy: string; jobTemplate: { spec: { template: { spec: Pod } } } };
  };
  const pod = job.spec.jobTemplate.spec.template.spec;
  const containers = [...pod.initContainers, ...pod.containers];

  it('lets no two runs overlap, and gives the pod no account of the cluster', () => {
    expect(job).toMatchObject({ apiVersion: 'batch/v1', kind: 'CronJob', spec: { concurrencyPolicy: 'Forbid' } });
    expect(pod).toMatchObject({
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
  });

  it.each(containers)('$name runs without rights', ({ securityContext, resources, volumeMounts }) => {
    expect(securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(resources).toHaveProperty('limits.memory');
    expect(volumeMounts.map(({ mountPath }) => mountPath)).toEqual(['/data', '/tmp']);
  });

  it('keeps the secrets of the vendor from the upload, and those of JupiterOne from the collection', () => {
    expect(containers.map(({ name, args, envFrom }) => [name, args.slice(0, 2), envFrom])).toEqual([
      ['collect', ['collect', 'runzero'], [{ secretRef: { name: 'vendor-graph-runzero' } }]],
      ['upload', ['sync', 'runzero'], [{ secretRef: { name: 'vendor-graph-jupiterone' } }]],
    ]);
  });
});

interface Pod {
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
}

interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly envFrom: unknown;
  readonly securityContext: unknown;
  readonly resources: unknown;
  readonly volumeMounts: readonly { readonly mountPath: string }[];
}
