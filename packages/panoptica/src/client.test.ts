import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMockIntegrationLogger } from '@jupiterone/integration-sdk-testing';
import { startSimulator } from '@vendor-graph/simulators';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { PanopticaClient, type PanopticaClientOptions } from './client.js';
import { ListReport } from './list-report.js';
import type { Vulnerability } from './records.js';
import { ImageFindings } from './vulnerabilities/image-findings.js';

const ACCESS_KEY = '0d3f4c8a-5b7e-4c1d-9a2f-6e8b1c0d7f42';
const SECRET_KEY = 'dGVzdC1vbmx5LXNlY3JldC1ub3QtcmVhbC0wMDAwMDE=';
const IMAGE = '640af106-ffb4-4b9e-942d-8f2a59526b1b';
const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' };

function report(): ListReport {
  return new ListReport(createMockIntegrationLogger(), 'rows');
}

function clientOf(options: Partial<PanopticaClientOptions> & { apiBaseUrl: string }): PanopticaClient {
  const client = new PanopticaClient({ accessKey: ACCESS_KEY, secretKey: SECRET_KEY, random: () => 0, ...options });
  onTestFinished(async () => {
    await client.close();
  });
  return client;
}

/** A client of a server that answers as it is told; the requests it got are noted. */
async function clientOfServer(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<{ client: PanopticaClient; requests: IncomingMessage[]; host: string }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response, requests.length);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { client: clientOf({ apiBaseUrl: `http://${host}/api` }), requests, host };
}

async function vulnerabilitiesOf(
  client: PanopticaClient,
  imageId: string,
  listReport = report(),
): Promise<Vulnerability[]> {
  const rows: Vulnerability[] = [];
  const findings = new ImageFindings();
  const take = (row: Vulnerability): number => {
    rows.push(row);
    return findings.add(row);
  };
  await client.readVulnerabilities(imageId, take, listReport);
  return rows;
}

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

describe('PanopticaClient', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('signs each attempt anew, for the path, query and host that it sends', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2024, 2, 1, 9, 15, 30, 250) });
    const { client, requests, host } = await clientOfServer((_request, response, count) => {
      vi.setSystemTime(Date.now() + 301_000);
      response.writeHead(count < 3 ? 503 : 200, JSON_TYPE).end('[]');
    });

    await all(client.images(report()));

    expect(requests.map(({ url }) => url)).toEqual(
      Array(3).fill('/api/images?sortKey=TIME&sortDir=ASC&offset=0&maxResults=200'),
    );
    expect(requests.map(({ headers }) => headers.host)).toEqual([host, host, host]);
    expect(requests.map(({ headers }) => headers['x-escher-date'])).toEqual([
      '20240301T091530Z',
      '20240301T092031Z',
      '20240301T092532Z',
    ]);
    const signatures = requests.map(({ headers }) => String(headers['x-escher-auth']));
    expect(new Set(signatures).size).toBe(3);
    for (const signature of signatures) {
      expect(signature).toMatch(
        /^ESR-HMAC-SHA256 Credential=0d3f4c8a-5b7e-4c1d-9a2f-6e8b1c0d7f42\/20240301\/global\/services\/portshift_request, SignedHeaders=host;x-escher-date, Signature=[\da-f]{64}$/,
      );
    }
  });

  it('is let in by a service that checks signatures, on each of its endpoints', async () => {
    const simulator = await startSimulator('panoptica');
    onTestFinished(async () => simulator.close());
    const client = clientOf({ apiBaseUrl: simulator.baseUrl });

    const [image] = await all(client.images(report()));
    const found = {
      users: (await client.users()).records.length,
      clusters: (await client.clusters()).records.length,
      risks: (await client.risks(report())).length,
      tier: (await client.currentUser()).accountTier,
      maxNodes: (await client.usageStatus()).maxNodes,
      rows: (await vulnerabilitiesOf(client, image?.id ?? '')).length,
      workloads: (await all(client.workloads({ from: Date.UTC(2023, 2, 1), until: Date.UTC(2024, 2, 1) }, report())))
        .length,
    };

    expect(found).toEqual({ users: 7, clusters: 4, risks: 4, tier: 'TRIAL', maxNodes: 200, rows: 30, workloads: 19 });
    expect(simulator.traffic.unauthorized).toBe(0);
  });

  it('sends no cookie back', async () => {
    const { client, requests } = await clientOfServer((_request, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'set-cookie': 'JSESSIONID=1' }).end('[]');
    });

    await client.users();
    await client.risks(report());

    expect(requests.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
  });

  it('asks for a list from its other end in each third pass', async () => {
    const { client, requests } = await clientOfServer((_request, response, count) => {
      const rows = count < 4 ? ['a', 'b', count % 2 === 0 ? 'a' : 'b'] : ['a', 'b', 'c'];
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(rows.map((id) => ({ id }))));
    });

    const rows = await vulnerabilitiesOf(client, IMAGE);

    expect(rows.map(({ id }) => id).join('')).toBe('abbabaabbabc');
    expect(requests.map(({ url = '' }) => new URL(url, 'http://host').searchParams.get('sortDir'))).toEqual([
      'DESC',
      'DESC',
      'ASC',
      'DESC',
    ]);
  });

  it('tells of rows that it did not get to see, and of rows that it could not read', async () => {
    const { client } = await clientOfServer((_request, response) => {
      response.writeHead(200, JSON_TYPE).end('[{"id":"a"},{"id":"a"},{"name":"b"},7]');
    });
    const listReport = report();
    const incomplete = vi.spyOn(listReport, 'incomplete');

    const rows = await vulnerabilitiesOf(client, IMAGE, listReport);

    expect(rows).toEqual(Array(4).fill({ id: 'a' }));
    expect(incomplete.mock.calls).toEqual([[{ passes: 2, rows: 4, distinct: 3, complete: false }]]);
    expect(listReport.skipped.total).toBe(2);
  });

  it('counts rows of users, clusters and risks that it could not read', async () => {
    const { client } = await clientOfServer(({ url = '' }, response) => {
      const row = url.startsWith('/api/kubernetesClusters') ? { KubernetesCluster: { id: 'a' } } : { id: 'a' };
      response.writeHead(200, JSON_TYPE).end(JSON.stringify([row, { name: 'b' }, 'c']));
    });
    const listReport = report();

    expect(await client.users()).toEqual({ records: [{ id: 'a' }], unreadable: 2 });
    expect(await client.clusters()).toEqual({ records: [{ cluster: { id: 'a' } }], unreadable: 2 });
    expect(await client.risks(listReport)).toEqual([{ id: 'a' }, {}]);
    expect(listReport.skipped.total).toBe(1);
  });

  it('asks for users and clusters once, but again after a failure', async () => {
    const { client, requests } = await clientOfServer((_request, response, count) => {
      response.writeHead(count <= 2 ? 400 : 200, JSON_TYPE).end('[]');
    });

    await expect(client.users()).rejects.toThrow('answered 400');
    await expect(client.clusters()).rejects.toThrow('answered 400');
    await client.users();
    await client.clusters();
    await client.users();
    await client.clusters();

    expect(requests).toHaveLength(4);
  });

  it.each([
    ['an object', '{"message":"maintenance"}', 'application/json', /^GET .*\/users answered 200, but not with a list/],
    [
      'a page',
      '<html>',
      'text/html',
      /^GET .*\/users answered 200 with a body that is not JSON \(6 bytes, text\/html\)/,
    ],
    ['nothing', '', 'application/json', /^GET .*\/users answered 200 without a body/],
  ])('does not take %s for a list', async (_what, body, type, message) => {
    const { client } = await clientOfServer((_request, response) => {
      response.writeHead(200, { 'content-type': type }).end(body);
    });

    await expect(client.users()).rejects.toThrow(message);
  });

  it.each([
    ['GET', '/me', (client: PanopticaClient) => client.currentUser()],
    ['POST', '/account/usageStatus', (client: PanopticaClient) => client.usageStatus()],
  ])('does not take a list for the object of %s %s', async (method, path, ask) => {
    const { client } = await clientOfServer((_request, response) => {
      response.writeHead(200, JSON_TYPE).end('[]');
    });

    await expect(ask(client)).rejects.toThrow(new RegExp(`^${method} .*${path} answered 200, but not with an object`));
  });

  it('says of an account that is switched off that it is', async () => {
    const { client, requests } = await clientOfServer((_request, response) => {
      response.writeHead(402, JSON_TYPE).end('{"message":"disabled"}');
    });

    const refusal = client.users();

    await expect(refusal).rejects.toMatchObject({ code: 'PROVIDER_AUTHORIZATION_ERROR', status: 402 });
    await expect(refusal).rejects.toThrow(/disabled\. The Panoptica account is switched off/);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['(provided: aa33, calculated: 7be6). path: /me', ': The signatures do not match. path: /me'],
    ['(provided: aa33, calculated: 7be6', ': The signatures do not match'],
  ])('cuts the signatures out of a refusal: %s', async (end, expected) => {
    const { client } = await clientOfServer((_request, response) => {
      response
        .writeHead(401, JSON_TYPE)
        .end(JSON.stringify({ message: `The signatures do not match ${end}`, errors: {} }));
    });

    const refusal = client.users();

    await expect(refusal).rejects.toThrow(expected);
    await expect(refusal).rejects.not.toThrow(/provided|calculated|aa33|7be6/);
  });

  it('passes the 404 of an image on', async () => {
    const { client } = await clientOfServer((_request, response) => {
      response.writeHead(404, JSON_TYPE).end('{"message":"Not found"}');
    });

    await expect(vulnerabilitiesOf(client, IMAGE)).rejects.toMatchObject({ status: 404 });
  });

  it.each(['..', 'a/b', 'a?b', '', '!'])('does not read an image whose id is "%s"', async (id) => {
    const { client } = await clientOfServer((_request, response) => {
      response.writeHead(200, JSON_TYPE).end(JSON.stringify([{ id }]));
    });

    expect(await all(client.images(report()))).toEqual([]);
  });
});
