import { recordReader } from '@vendor-graph/integration';
import { registerMatchers } from '@jupiterone/integration-sdk-testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AGENT, ALERT, COVERAGE_GAP } from '../data-model.js';
import { agentSchema, alertSchema, ec2InstanceSchema, vulnerabilitySchema } from '../records.js';
import { toAgentEntity } from './agent.js';
import { toAlertEntity } from './alert.js';
import { normalizeAddresses } from './addresses.js';
import { toCoverageGapEntity } from './coverage-gap.js';
import { cveTarget, identifiedProperties } from './identified.js';
import { hostNamesOf, serverNames } from './host-names.js';
import { protectsRelationships } from './protects.js';
import { toFinding } from './cve.js';

registerMatchers(expect);

const agents = recordReader(agentSchema);
const vulnerabilities = recordReader(vulnerabilitySchema);
const alerts = recordReader(alertSchema);
const instances = recordReader(ec2InstanceSchema);

/** A record with an id, and in each other field either what belongs there or anything at all. */
function records(id: string, fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  const anything = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constantFrom('', null, '__proto__', NaN));
  const disturbed = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, fc.oneof(field, anything)] as const),
  );
  return fc.record({ [id]: fc.string({ minLength: 1, unit: 'binary' }), ...disturbed }, { requiredKeys: [id] });
}

const time = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom('0000-00-00', '9999-12-31T23:59:60Z', '1969-12-31T23:59:59Z', 'now'),
);
const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string());
const tags = fc.array(fc.record({ key: fc.string(), value: fc.string() }));
const text = fc.string({ unit: 'binary' });

it('whatever an agent holds, its entity is valid and its raw data holds nothing but known fields', () => {
  const fields = {
    status: text,
    name: text,
    hostname: fc.oneof(fc.domain(), address),
    instanceId: text,
    createdAt: time,
    lastReportedAt: time,
    ipAddresses: fc.record({ private: fc.array(address), public: address, link_local: fc.array(fc.ipV6()) }),
    tags,
    osVersion: text,
  };
  fc.assert(
    fc.property(records('id', fields), (value) => {
      const agent = agents.read(value);
      const entity = agent === undefined ? undefined : toAgentEntity(agent, 'online');

      expect(entity).toMatchDataModelSchema(AGENT);
      expect(entity?.['name']).not.toBe('');
      expect(Object.getPrototypeOf(entity)).toBe(Object.prototype);
      if (entity !== undefined)
        for (const relationship of protectsRelationships(entity))
          expect(relationship._mapping.skipTargetCreation).toBe(true);
    }),
  );
});

it('whatever an alert holds, its entity is valid', () => {
  const fields = { title: text, createdAt: time, severity: fc.integer(), agentId: text, isDismissed: fc.boolean() };
  fc.assert(
    fc.property(records('id', fields), (value) => {
      const alert = alerts.read(value);
      expect(alert === undefined ? undefined : toAlertEntity(alert, 'active')).toMatchDataModelSchema(ALERT);
    }),
  );
});

it('whatever an EC2 instance holds, its finding is valid', () => {
  fc.assert(
    fc.property(records('id', { launchTime: time, tags, region: text }), (value) => {
      const instance = instances.read(value);
      expect(instance === undefined ? undefined : toCoverageGapEntity(instance)).toMatchDataModelSchema(COVERAGE_GAP);
    }),
  );
});

it('whatever a vulnerability holds, relationships and CVEs get scalars only', () => {
  const fields = { severity: text, vectorType: text, systemPackage: text, reportedPackage: text };
  fc.assert(
    fc.property(fc.array(records('cveNumber', fields)), (values) => {
      const findings = values
        .map((value) => vulnerabilities.read(value))
        .filter((row) => row !== undefined)
        .map(toFinding);
      const properties = [identifiedProperties(findings), cveTarget('CVE-2021-21334', findings)].flatMap(Object.values);
      for (const value of properties) expect(['string', 'number', 'boolean', 'undefined']).toContain(typeof value);
    }),
  );
});

it('addresses are normalized once and for all', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          address,
          fc.ipV4().map((ip) => `${ip}/24`),
        ),
      ),
      (entries) => {
        const once = normalizeAddresses(entries);
        expect(normalizeAddresses(once)).toEqual(once);
        expect(new Set(once).size).toBe(once.length);
      },
    ),
  );
});

it('a host name is a single label, and what servers are found by is in lower case', () => {
  fc.assert(
    fc.property(fc.oneof(fc.domain(), text, fc.ipV4(), fc.ipV6()), (reported) => {
      const names = hostNamesOf(reported);
      expect(names.hostname ?? 'none').toMatch(/^[a-z0-9_-]+$/);
      for (const name of serverNames(names)) expect(name).toBe(name.toLowerCase());
    }),
  );
});
