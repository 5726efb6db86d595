import { RelationshipClass, type Entity, type IntegrationInvocationConfig } from '@jupiterone/integration-sdk-core';
import { Type } from '../schema-type.js';
import { bearerAuth, HttpClient } from '@vendor-graph/http';
import {
  addEntitiesOnce,
  addRelationshipsOnce,
  checkBaseUrl,
  defineIntegration,
  directRelationship,
  readConfig,
  recordReader,
  relationshipType,
  SkipReport,
  type ConfigFields,
  type IntegrationDefinition,
  type VendorStep,
} from '../index.js';

export interface AcmeConfig {
  apiKey: string;
  apiBaseUrl: string;
}

const fields: ConfigFields<AcmeConfig> = {
  apiKey: { type: 'string', mask: true, whereToFind: 'Create one under Settings > Keys.' },
  apiBaseUrl: { type: 'string', whereToFind: 'The address of your console.', check: checkBaseUrl },
};

/** A client that remembers what became of it. */
export class AcmeClient {
  static readonly made: AcmeClient[] = [];
  closed = 0;
  readonly #http: HttpClient;

  constructor(readonly config: AcmeConfig) {
    AcmeClient.made.push(this);
    this.#http = new HttpClient({
      baseUrl: config.apiBaseUrl,
      product: { name: 'acme', version: '1.0.0' },
      auth: bearerAuth({ token: config.apiKey }),
      retry: { attempts: 1 },
    });
  }

  async get(path: string): Promise<unknown> {
    return (await this.#http.requestJson(path)).body;
  }

  async close(): Promise<void> {
    this.closed += 1;
    await this.#http.close();
  }
}

export type AcmeStep = VendorStep<AcmeConfig, AcmeClient>;

const ACCOUNT = { resourceName: 'Account', _type: 'acme_account', _class: ['Account'] };
export const USER = { resourceName: 'User', _type: 'acme_user', _class: ['Record'] };
const DEVICE = { resourceName: 'Device', _type: 'acme_device', _class: ['Record'], partial: true };
const ARCHIVED = { resourceName: 'Archived device', _type: 'acme_archived_device', _class: ['Record'] };
const ACCOUNT_HAS_USER = relationshipType(ACCOUNT, RelationshipClass.HAS, USER);

const reader = recordReader(Type.Object({ id: Type.String({ minLength: 1 }) }));

export const fetchAccount: AcmeStep = {
  id: 'fetch-account',
  name: 'Fetch account',
  entities: [ACCOUNT],
  relationships: [],
  async run({ jobState }) {
    await jobState.addEntity({ ...entity('account', ACCOUNT), vendor: 'Acme' });
  },
};

export const fetchUsers: AcmeStep = {
  id: 'fetch-users',
  name: 'Fetch users',
  entities: [USER],
  relationships: [ACCOUNT_HAS_USER],
  dependsOn: [fetchAccount.id],
  async run({ client, jobState }) {
    const users = ((await client.get('/users')) as { id: string }[]).map(({ id }) => entity(id, USER));
    const { added } = await addEntitiesOnce(jobState, users);
    await addRelationshipsOnce(
      jobState,
      added.map((user) => directRelationship(ACCOUNT_HAS_USER, entity('account', ACCOUNT)._key, user._key)),
    );
  },
};

export const fetchDevices: AcmeStep = {
  id: 'fetch-devices',
  name: 'Fetch devices',
  entities: [DEVICE],
  relationships: [],
  async run({ client, jobState, logger }) {
    const skipped = new SkipReport(logger, 'devices');
    const devices: Entity[] = [];
    for (const value of (await client.get('/devices')) as unknown[]) {
      const device = reader.read(value);
      if (device === undefined) skipped.skip('without an id');
      else devices.push(entity(device.id, DEVICE));
    }
    skipped.duplicate((await addEntitiesOnce(jobState, devices)).duplicates);
    skipped.publish();
  },
};

export const fetchArchive: AcmeStep = {
  id: 'fetch-archive',
  name: 'Fetch archived devices',
  entities: [ARCHIVED],
  relationships: [],
  ingestionSourceId: 'archive',
  async run({ client, jobState }) {
    const devices = (await client.get('/archive')) as { id: string }[];
    await addEntitiesOnce(
      jobState,
      devices.map(({ id }) => entity(id, ARCHIVED)),
    );
  },
};

/** The vendor's definition with parts replaced. */
export function acmeIntegration(
  changes: Partial<IntegrationDefinition<AcmeConfig, AcmeClient>> = {},
): IntegrationInvocationConfig {
  return defineIntegration({
    vendor: 'acme',
    fields,
    readConfig: (raw) => readConfig('acme', fields, raw),
    createClient: (config) => new AcmeClient(config),
    checkCredentials: async (client) => {
      await client.get('/me');
    },
    steps: [fetchAccount, fetchUsers, fetchDevices, fetchArchive],
    ingestionSources: { archive: { title: 'Archived devices', defaultsToDisabled: true } },
    credentialHelp: 'Create a key under Settings > Keys and set ACME_API_KEY.',
    ...changes,
  });
}

function entity(id: string, { _type, _class }: { _type: string; _class: string[] }): Entity {
  return { _key: `${_type}:${id}`, _type, _class, name: id, displayName: id };
}
