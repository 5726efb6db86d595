import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { jsonLines } from '../kit/json-lines.js';
import { PageTokens } from '../kit/page-tokens.js';
import { sendJson } from './answers.js';
import { AssetLines, withFields } from './asset-lines.js';
import { assetSearch } from './asset-search.js';
import type { AssetFields } from './asset-template.js';
import type { Console } from './console.js';
import { recordsOfAsset, wirelessNetworks } from './inventory-records.js';
import type { AssetResource } from './inventory-records.js';
import { siteRecord } from './tenancy.js';
import type { Organization } from './tenancy.js';

const ASSET_RESOURCES: readonly AssetResource[] = ['services', 'software', 'vulnerabilities'];

/** What an export token opens: everything of one organization. */
export function exportRoutes(scope: FastifyInstance, console: Console): void {
  const exported = (path: string, answer: ExportAnswer): void => {
    scope.get(`/export/org/${path}`, async (request, reply) => {
      const caller = console.admit('export', request, reply);
      const organization = caller === undefined ? undefined : console.organizationOf(caller, request, reply);
      if (organization === undefined) return reply;
      asAttachment(reply, path, organization, new Date(console.kit.clock.now()));
      return answer(organization, selection(request, console), reply);
    });
  };
  const pages = new PageTokens(`runzero/${console.kit.seed}`, 'base64');
  const sendRecords = (
    reply: FastifyReply,
    resource: string,
    organization: Organization,
    asked: Selection,
    records: Iterable<AssetFields>,
  ): FastifyReply => {
    if (asked.pageSize === undefined) return sendJson(reply, [...records]);
    const listing = `${resource} of ${organization.id}`;
    const from = asked.startKey === undefined ? 0 : (pages.read(listing, asked.startKey) ?? 0);
    const { page, next } = pageOf(records, from, asked.pageSize);
    return sendJson(reply, { [resource]: page, next_key: next === undefined ? '' : pages.issue(listing, next) });
  };

  exported('sites.json', (organization, _asked, reply) =>
    sendJson(
      reply,
      organization.sites.map((site, index) => siteRecord(site, index, organization, console.tenancy.clientId)),
    ),
  );

  const assetLines = (organization: Organization, asked: Selection): AssetLines =>
    new AssetLines(organization, console.kit.seed, { ...asked, lineBytes: console.options.assetBytes });
  exported('assets.jsonl', (organization, asked, reply) =>
    sendLines(reply, Readable.from(assetLines(organization, asked).chunks(), { objectMode: false })),
  );
  exported('assets.json', (organization, asked, reply) =>
    sendRecords(reply, 'assets', organization, asked, assetLines(organization, asked).assets()),
  );

  for (const resource of ASSET_RESOURCES) {
    const records = function* (organization: Organization, asked: Selection): Generator<AssetFields> {
      // What hangs on an asset is made from all of its fields; the fields asked for are those of the record.
      for (const asset of assetLines(organization, { ...asked, fields: undefined }).assets()) {
        for (const record of recordsOfAsset(resource, asset)) yield withFields(record, asked.fields);
      }
    };
    exported(`${resource}.jsonl`, (organization, asked, reply) =>
      sendLines(reply, jsonLines(records(organization, asked))),
    );
    exported(`${resource}.json`, (organization, asked, reply) =>
      sendRecords(reply, resource, organization, asked, records(organization, asked)),
    );
  }

  const networks = (organization: Organization, asked: Selection): AssetFields[] =>
    wirelessNetworks(organization, console.options.wirelessNetworks).map((one) => withFields(one, asked.fields));
  exported('wireless.jsonl', (organization, asked, reply) =>
    sendLines(reply, jsonLines(networks(organization, asked))),
  );
  exported('wireless.json', (organization, asked, reply) =>
    sendRecords(reply, 'wireless', organization, asked, networks(organization, asked)),
  );
}

type ExportAnswer = (organization: Organization, asked: Selection, reply: FastifyReply) => FastifyReply;

/** What an export was asked for. */
interface Selection {
  readonly fields: readonly string[] | undefined;
  readonly includes: (asset: AssetFields) => boolean;
  /** Undefined: everything in one answer, as older consoles always do. */
  readonly pageSize: number | undefined;
  readonly startKey: string | undefined;
}

function selection(request: FastifyRequest, { options, kit }: Console): Selection {
  const query = request.query as Readonly<Record<string, string | undefined>>;
  const pageSize = Number(query['page_size']);
  return {
    fields: query['fields']?.split(','),
    includes: assetSearch(query['search'], kit.clock.now()),
    pageSize: options.console === '2025' && pageSize > 0 ? pageSize : undefined,
    startKey: query['start_key'],
  };
}

function sendLines(reply: FastifyReply, lines: Readable): FastifyReply {
  return reply.type('application/json').send(lines);
}

/** So many records from a position on, and the position of the next one when there is one. */
function pageOf<Record>(
  records: Iterable<Record>,
  from: number,
  size: number,
): { page: Record[]; next: number | undefined } {
  const page: Record[] = [];
  let position = 0;
  for (const record of records) {
    if (page.length === size) return { page, next: position };
    if (position >= from) page.push(record);
    position += 1;
  }
  return { page, next: undefined };
}

function asAttachment(reply: FastifyReply, path: string, organization: Organization, now: Date): void {
  const [resource = '', extension = ''] = path.split('.');
  const time = now.toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const name = organization.name.replaceAll(/[^A-Za-z0-9]/g, '_');
  reply.headers({
    'cache-control': 'no-cache',
    'content-disposition': `attachment; filename=${resource}-${time}-${name}.${extension}`,
  });
}
