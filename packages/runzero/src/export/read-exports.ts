import { IntegrationInfoEventName, IntegrationWarnEventName } from '@jupiterone/integration-sdk-core';
import { HttpStatusError } from '@vendor-graph/http';
import { SkipReport, type Static, type TObject } from '@vendor-graph/integration';
import type { Inventory, RunZeroClient } from '../client.js';
import type { ExportResource } from './export-resources.js';
import type { OrganizationRecord } from '../records.js';
import type { RunZeroStepContext } from '../steps/step.js';
import { IncompleteExportError } from './incomplete-export-error.js';
import { OrganizationFailures } from './organization-failures.js';
import { readToTheEnd } from './read-to-the-end.js';

/** More unusable records than this share, and than this number, mean that something is wrong with the export. */
const TOLERATED_SHARE = 0.01;
const TOLERATED_RECORDS = 9;

/** What is read of every organization, and what happens to it. */
export interface ExportReading<S extends TObject> {
  readonly resource: ExportResource<S>;
  readonly reader: { read(value: unknown): Static<S> | undefined };
  /** What the records are, in the plural: `assets`. */
  readonly what: string;
  /** Whether an organization that counts no assets has none of these either, and need not be asked. */
  readonly hangsOnAssets: boolean;
  /**
   * Adds records to the graph. An export that breaks off is read again from its beginning, so that records come twice.
   *
   * @returns how many of them had been added before
   */
  add(records: readonly Static<S>[]): Promise<number>;
  /**
   * Looks at an organization's export that was read to its end and was not empty against the console's counter.
   *
   * @param read how many different records came
   */
  check?(inventory: Inventory, read: number): void;
}

/**
 * Reads an export of every organization, one organization after the other, in constant memory. An organization that
 * fails does not hold up the others; when all were read, the failures are thrown together.
 *
 * @returns the organizations that nothing opens
 */
export async function readExports<S extends TObject>(
  context: Pick<RunZeroStepContext, 'client' | 'logger'>,
  reading: ExportReading<S>,
): Promise<readonly OrganizationRecord[]> {
  const { client, logger } = context;
  const failures = new OrganizationFailures();
  const skipped = new SkipReport(logger, reading.what);
  const unopened: OrganizationRecord[] = [];
  const organizations = await organizationsOf(client, reading.hangsOnAssets);
  for (const organization of organizations) {
    const name = nameOf(organization);
    try {
      const inventory =
        organization === undefined ? await client.ownInventory() : await client.inventoryOf(organization);
      if (inventory === undefined) unopened.push(...(organization === undefined ? [] : [organization]));
      else await readInventory(context, reading, inventory, skipped);
    } catch (error) {
      if (organization?.inactive === true && isClosed(error)) {
        logger.publishInfoEvent({
          name: IntegrationInfoEventName.Info,
          description: `The inactive organization ${name} gives no ${reading.what} (answer ${error.status}).`,
        });
      } else {
        failures.note(name, error);
      }
    }
  }
  skipped.publish();
  if (failures.refused.length > 0) {
    logger.publishWarnEvent({
      name: IntegrationWarnEventName.MissingPermission,
      description: `No ${reading.what} were read of organizations whose export was refused: ${failures.refused.join(', ')}. Create new export tokens for them.`,
    });
  }
  failures.throwIfAny(capitalized(reading.what), organizations.length);
  return unopened;
}

/** Undefined stands for the one organization of an export token. */
async function organizationsOf(
  client: RunZeroClient,
  withAssets: boolean,
): Promise<readonly (OrganizationRecord | undefined)[]> {
  if (client.mode === 'export-token') return [undefined];
  const { records } = await client.organizations();
  const unique = new Map(records.map((organization) => [organization.id, organization]));
  return [...unique.values()].filter((organization) => !withAssets || organization.asset_count !== 0);
}

async function readInventory<S extends TObject>(
  { client, logger }: Pick<RunZeroStepContext, 'client' | 'logger'>,
  reading: ExportReading<S>,
  inventory: Inventory,
  skipped: SkipReport,
): Promise<void> {
  let added = 0;
  let addedBefore = 0;
  let attempt = { records: 0, malformed: 0, known: 0 };
  const readOnce = async (): Promise<void> => {
    addedBefore = added;
    attempt = { records: 0, malformed: 0, known: 0 };
    for await (const lines of inventory.batches(reading.resource)) {
      const records: Static<S>[] = [];
      for (const { value } of lines) {
        const record = reading.reader.read(value);
        if (record !== undefined) records.push(record);
      }
      const known = await reading.add(records);
      attempt.records += lines.length;
      attempt.malformed += lines.length - records.length;
      attempt.known += known;
      added += records.length - known;
    }
  };
  const readAll = (): Promise<void> => readToTheEnd(readOnce, { clock: client.clock, logger });
  const counted = inventory.counted(reading.resource.name);
  await readAll();
  // A connection that was closed in an orderly way before the first line looks like an empty export: it is believed when
  // it comes twice, or when the console counts nothing.
  if (attempt.records === 0 && counted !== 0) await readAll();

  const { records, malformed, known } = attempt;
  const endpoint = `GET /export/org/${reading.resource.name}.jsonl`;
  if (records === 0 && counted !== undefined && counted > 0) {
    throw new IncompleteExportError(
      `the export was empty, but the console counts ${counted} ${reading.what}`,
      endpoint,
    );
  }
  const isTolerable = malformed <= TOLERATED_RECORDS || malformed <= records * TOLERATED_SHARE;
  // Where nothing at all can be used, it is no export.
  if (malformed > 0 && (malformed === records || !isTolerable)) {
    throw new IncompleteExportError(`${malformed} of ${records} records have no usable id`, endpoint);
  }
  skipped.skip('without a usable id', malformed);
  // What an earlier attempt has added is known without being there twice.
  skipped.duplicate(Math.max(0, known - addedBefore));
  reading.check?.(inventory, added);
}

function isClosed(error: unknown): error is HttpStatusError {
  return error instanceof HttpStatusError && [401, 403, 404].includes(error.status);
}

/** How messages call an organization. */
export function nameOf(organization: OrganizationRecord | undefined): string {
  if (organization === undefined) return 'the organization of the export token';
  return `${organization.name ?? 'without a name'} (${organization.id})`;
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
