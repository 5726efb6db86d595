import { executeStepWithDependencies, registerMatchers } from '@jupiterone/integration-sdk-testing';
import { startSimulator, type Simulator } from '@vendor-graph/simulators';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { panopticaIntegration } from '../integration.js';

registerMatchers(expect);

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator('panoptica');
});

afterEach(async () => {
  await simulator.close();
});

it.each([
  ['fetch-account', ['panoptica_account']],
  ['fetch-users', ['panoptica_account_has_user', 'panoptica_user']],
  ['fetch-clusters', ['panoptica_account_has_cluster', 'panoptica_cluster']],
  ['fetch-images', ['panoptica_account_has_image', 'panoptica_image']],
  ['fetch-vulnerabilities', ['panoptica_image_has_vulnerability', 'panoptica_vulnerability']],
  ['fetch-risks', ['panoptica_risk']],
  ['build-cluster-risk-relationship', ['panoptica_cluster_has_risk']],
  ['fetch-containers', ['panoptica_cluster_has_container', 'panoptica_container']],
])('%s makes what it declares, as the class schemas want it: %j', async (stepId, types) => {
  const invocationConfig = panopticaIntegration();
  const instanceConfig = { ...simulator.credentials['default'], apiBaseUrl: simulator.baseUrl };

  const output = await executeStepWithDependencies({ stepId, invocationConfig, instanceConfig });

  const objects = [...output.collectedEntities, ...output.collectedRelationships];
  expect([...new Set(objects.map(({ _type }) => _type))].sort()).toEqual(types);
  expect(new Set(objects.map(({ _key }) => _key)).size).toBe(objects.length);
  const step = invocationConfig.integrationSteps.find(({ id }) => id === stepId);
  expect([...(step?.entities ?? []), ...(step?.relationships ?? [])].map(({ _type }) => _type).sort()).toEqual(types);
  for (const metadata of step?.entities ?? []) {
    expect(output.collectedEntities.filter(({ _type }) => _type === metadata._type)).toMatchDataModelSchema(metadata);
  }
  for (const { _class, _type } of step?.relationships ?? []) {
    const relationships = output.collectedRelationships.filter((relationship) => relationship._type === _type);
    expect(relationships).toMatchDirectRelationshipSchema({ schema: { properties: { _class: { const: _class } } } });
  }
});
