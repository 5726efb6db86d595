import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What people's queries rely on: types, classes and the ends of relationships that are always collected. */
const MODELS: Record<string, string[]> = {
  threatstack: [
    'threatstack_account Account',
    'threatstack_agent HostAgent',
    'threatstack_account HAS threatstack_agent',
    'threatstack_agent IDENTIFIED cve FORWARD',
    'threatstack_agent PROTECTS aws_instance FORWARD',
    'threatstack_agent PROTECTS server FORWARD',
  ],
  aquasec: [
    'aquasec_api_key AccessKey',
    'aquasec_account Account',
    'aquasec_group Group',
    'aquasec_user User',
    'aquasec_account HAS aquasec_api_key',
    'aquasec_account HAS aquasec_group',
    'aquasec_account HAS aquasec_user',
    'aquasec_group HAS aquasec_user',
  ],
  runzero: [
    'rumble_account Account',
    'rumble_asset Device',
    'rumble_organization Organization',
    'rumble_site Site',
    'rumble_user User',
    'rumble_account HAS rumble_organization',
    'rumble_account HAS rumble_site',
    'rumble_account HAS rumble_user',
    'rumble_organization HAS rumble_site',
    'rumble_site HAS rumble_asset',
    'rumble_user ASSIGNED rumble_organization',
  ],
  panoptica: [
    'panoptica_account Account',
    'panoptica_cluster Cluster',
    'panoptica_container Container',
    'panoptica_image Image',
    'panoptica_risk Risk',
    'panoptica_user User',
    'panoptica_vulnerability Vulnerability',
    'panoptica_account HAS panoptica_cluster',
    'panoptica_account HAS panoptica_image',
    'panoptica_account HAS panoptica_user',
    'panoptica_cluster HAS panoptica_container',
    'panoptica_cluster HAS panoptica_risk',
    'panoptica_image HAS panoptica_vulnerability',
  ],
};

/** The rows of the tables of a package's data model, as far as they need no ingestion source, without markup. */
function documentedModel(vendor: string): string[] {
  const page = readFileSync(new URL(`../../../../packages/${vendor}/docs/jupiterone.md`, import.meta.url), 'utf8');
  const section = page.slice(page.indexOf('DOCUMENTATION_MARKER_START'), page.indexOf('DOCUMENTATION_MARKER_END'));
  const always = section.split('\n### Optional: ', 1)[0] ?? '';
  return always
    .split('\n')
    .filter((line) => line.startsWith('|') && line.includes('`') && !line.includes('_type`'))
    .map((line) => line.replace(/[`*]/g, '').split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()))
    .map((cells) => (cells.length === 3 && !/^[A-Z]+$/.test(cells[1] ?? '') ? cells.slice(1) : cells).join(' '));
}

it.each(Object.entries(MODELS))('documents the types of %s that people query', (vendor, model) => {
  expect(documentedModel(vendor).sort()).toEqual(model.sort());
});
