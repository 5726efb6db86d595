import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runServer } from 'verdaccio';

/** JupiterOne's own validator, which this registry has only when a test publishes it. */
export const SDK_VALIDATOR = '@jupiterone/integration-sdk-entity-validator';

/** A registry on loopback that lives as long as a test. */
export interface TestRegistry {
  /** With a slash at the end. */
  readonly url: string;
  /** The lines of an `.npmrc` that has our packages and JupiterOne's come from here, and everything else from where it does. */
  readonly npmrc: string;
  /** What the registry says about a package; undefined when it has none of that name. */
  packument(name: string): Promise<Packument | undefined>;
  close(): Promise<void>;
}

/** What npm's clients are told about a package. */
export interface Packument {
  readonly 'dist-tags': Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, { readonly dependencies?: Readonly<Record<string, string>> }>>;
  readonly time: Readonly<Record<string, string>>;
}

/**
 * Starts verdaccio on a free port.
 *
 * @param folder keeps what is published.
 * @param uplink the registry that this machine is set up with; JupiterOne's SDK comes from there.
 */
export async function startTestRegistry(folder: string, uplink: string): Promise<TestRegistry> {
  const storage = join(folder, 'storage');
  mkdirSync(storage, { recursive: true });
  const own = { access: '$all', publish: '$all' };
  const config = {
    self_path: folder,
    configPath: join(folder, 'config.yaml'),
    storage,
    auth: {},
    uplinks: { machine: { url: uplink, timeout: '60s', max_fails: 10 } },
    packages: {
      '@vendor-graph/*': own,
      [SDK_VALIDATOR]: own,
      '@jupiterone/*': { access: '$all', proxy: 'machine' },
    },
    security: { api: { legacy: true } },
    web: { enable: false },
    log: { type: 'stdout', format: 'pretty', level: 'fatal' },
  };
  const server = (await runServer(config)) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `http://${host}/`;
  return {
    url,
    // npm asks for a token before it publishes; the registry takes any.
    npmrc: `@vendor-graph:registry=${url}\n@jupiterone:registry=${url}\n//${host}/:_authToken=of-this-test\n`,
    packument: async (name) => {
      const answer = await fetch(`${url}${name.replace('/', '%2f')}`);
      return answer.status === 404 ? undefined : ((await answer.json()) as Packument);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
