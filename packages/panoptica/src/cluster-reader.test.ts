import { describe, expect, it } from 'vitest';
import { readCluster } from './cluster-reader.js';

const ID = '3d0c82a0-8f1e-4b12-9ec6-6690edc8d5fa';

describe('readCluster', () => {
  it('reads a cluster that comes by itself, without what it does not know', () => {
    const row = { id: ID, name: 'one', autoUpdateEnabled: true, sidecarsResources: { cpu: '1' }, Agent: { nodes: 6 } };

    expect(readCluster(row)).toEqual({ cluster: { id: ID, name: 'one', autoUpdateEnabled: true } });
  });

  it('reads a cluster that comes with its agent, without their secrets', () => {
    const row = {
      KubernetesCluster: {
        id: ID,
        name: 'prod-eks',
        accountName: 'Example Corp',
        controllerDataResponse: { sharedKey: 'canary-1' },
        helmCommandsInstallation: { install: 'helm --set secret=canary-2' },
      },
      Agent: {
        sharedSecret: 'canary-3',
        kubernetesVersion: '1.25',
        nodes: 6,
        info: { status: 'ACTIVE', version: '1.193.0', token: 'canary-4' },
      },
      shouldSendMetrics: false,
    };

    const cluster = readCluster(row);

    expect(cluster).toEqual({
      cluster: { id: ID, name: 'prod-eks', accountName: 'Example Corp' },
      agent: { kubernetesVersion: '1.25', nodes: 6, info: { status: 'ACTIVE', version: '1.193.0' } },
    });
    expect(JSON.stringify(cluster)).not.toContain('canary');
  });

  it.each([
    [{ KubernetesCluster: { id: ID }, Agent: null }],
    [{ KubernetesCluster: { id: ID } }],
    [{ KubernetesCluster: null, id: ID }],
  ])('reads a cluster without an agent: %j', (row) => {
    expect(readCluster(row)).toEqual({ cluster: { id: ID } });
  });

  it.each([
    [null],
    ['cluster'],
    [[]],
    [{}],
    [{ KubernetesCluster: {} }],
    [{ KubernetesCluster: { id: 7 } }],
    [{ Agent: { nodes: 6 } }],
  ])('does not read what has no id: %j', (row) => {
    expect(readCluster(row)).toBeUndefined();
  });

  it.each([
    ['http://proxy.example.com:3128', 'http://proxy.example.com:3128'],
    ['http://user:canary@proxy.example.com:3128', 'http://proxy.example.com:3128'],
    ['HTTPS://canary@proxy.example.com', 'HTTPS://proxy.example.com'],
    ['user:canary@proxy.example.com:3128', 'proxy.example.com:3128'],
    ['http://user:can/ary@canary#?@proxy.example.com', 'http://proxy.example.com'],
    ['', ''],
  ])('keeps no credentials of the proxy %s', (httpsProxy, expected) => {
    const row = { id: ID, proxyConfiguration: { enableProxy: true, httpsProxy } };

    expect(readCluster(row)?.cluster.proxyConfiguration).toEqual({ enableProxy: true, httpsProxy: expected });
  });
});
