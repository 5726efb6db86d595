import { expectTypeOf, test } from 'vitest';
import type { IntegrationInvocationConfig, JobState } from '@jupiterone/integration-sdk-core';
import { Type } from './schema-type.js';
import type { HttpError } from '@vendor-graph/http';
import {
  defineIntegration,
  readConfig,
  recordReader,
  type ConfigFields,
  type IntegrationDefinition,
  type VendorStep,
} from './index.js';

interface Config {
  apiKey: string;
  archived?: boolean;
}
class Client {
  agents(): Promise<string[]> {
    return Promise.resolve([]);
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}
const fields: ConfigFields<Config> = {
  apiKey: { type: 'string', mask: true, whereToFind: 'x' },
  archived: { type: 'boolean', optional: true, whereToFind: 'x' },
};
const step: VendorStep<Config, Client> = {
  id: 'a',
  name: 'A',
  entities: [],
  relationships: [],
  async run({ client, config, jobState }) {
    expectTypeOf(client).toEqualTypeOf<Client>();
    expectTypeOf(config.archived).toEqualTypeOf<boolean | undefined>();
    expectTypeOf(jobState).toEqualTypeOf<JobState>();
    await client.agents();
  },
};
type Definition = IntegrationDefinition<Config, Client>;
const definition: Definition = {
  vendor: 'acme',
  fields,
  readConfig: (raw) => readConfig('acme', fields, raw),
  createClient: () => new Client(),
  checkCredentials: async (client) => {
    await client.agents();
  },
  steps: [step],
  credentialHelp: (error) => {
    expectTypeOf(error).toEqualTypeOf<HttpError>();
    return '';
  },
};

test('a vendor is defined without naming its types again', () => {
  const invocationConfig = defineIntegration({
    vendor: 'acme',
    fields,
    readConfig: (raw) => readConfig('acme', fields, raw),
    createClient: (config) => {
      expectTypeOf(config).toEqualTypeOf<Config>();
      return new Client();
    },
    checkCredentials: async (client) => {
      await client.agents();
    },
    steps: [step],
    credentialHelp: 'x',
  });

  expectTypeOf(invocationConfig).toEqualTypeOf<IntegrationInvocationConfig>();
});

test('a definition that does not fit does not compile', () => {
  // @ts-expect-error a client has to be closable
  expectTypeOf<IntegrationDefinition<Config, { agents(): void }>>().toBeObject();
  expectTypeOf<VendorStep<Config, Date>>().not.toExtend<VendorStep<Config, Client>>();
  expectTypeOf<VendorStep<{ orgId: string }, Client>>().not.toExtend<VendorStep<Config, Client>>();
  expectTypeOf<Omit<VendorStep<Config, Client>, 'run'>>().not.toExtend<VendorStep<Config, Client>>();
  expectTypeOf<() => Record<string, string>>().not.toExtend<Definition['disabledSteps']>();
  // @ts-expect-error credentials have to be checked
  defineIntegration({ ...definition, checkCredentials: undefined });
  // @ts-expect-error refused credentials need an advice
  defineIntegration({ ...definition, credentialHelp: undefined });
});

test('config fields follow the configuration', () => {
  // @ts-expect-error each field needs a description
  describeFields({ apiKey: fields.apiKey });
  // @ts-expect-error a boolean of the configuration is a boolean field
  describeFields({ ...fields, archived: { type: 'string', whereToFind: 'x' } });
  // @ts-expect-error a text of the configuration is a string field
  describeFields({ ...fields, apiKey: { type: 'boolean', whereToFind: 'x' } });
  // @ts-expect-error a user has to be told where a value is found
  describeFields({ ...fields, apiKey: { type: 'string' } });
  // @ts-expect-error there is no such field in the configuration
  describeFields({ ...fields, apiSecret: fields.apiKey });
});

test('a record has the type of its schema', () => {
  const reader = recordReader(Type.Object({ id: Type.String(), cpus: Type.Optional(Type.Integer()) }));

  expectTypeOf(reader.read({})).toEqualTypeOf<{ id: string; cpus?: number } | undefined>();
  // @ts-expect-error a record is an object
  recordReader(Type.Array(Type.String()));
});

function describeFields(described: ConfigFields<Config>): string[] {
  return Object.keys(described);
}
