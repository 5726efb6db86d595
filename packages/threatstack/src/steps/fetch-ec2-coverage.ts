import { addEntitiesOnce, addRelationshipsOnce, SkipReport } from '@vendor-graph/integration';
import { instanceHasCoverageGap, isCoverageGap, toCoverageGapEntity } from '../converters/coverage-gap.js';
import { isEc2InstanceId } from '../converters/ec2-instance-id.js';
import { AWS_INSTANCE_HAS_COVERAGE_GAP, COVERAGE_GAP } from '../data-model.js';
import { EC2_COVERAGE_SOURCE } from '../ingestion-sources.js';
import type { ThreatStackStep } from './step.js';

export const fetchEc2Coverage: ThreatStackStep = {
  id: 'fetch-ec2-coverage',
  name: 'Fetch EC2 instances without an agent',
  entities: [COVERAGE_GAP],
  relationships: [],
  mappedRelationships: [AWS_INSTANCE_HAS_COVERAGE_GAP],
  ingestionSourceId: EC2_COVERAGE_SOURCE,
  authorization: { permissions: ['Read access to EC2 coverage'], endpoints: ['GET /v2/aws/ec2'] },
  async run({ client, jobState, logger }) {
    const skipped = new SkipReport(logger, 'EC2 instances');
    for await (const page of client.unmonitoredInstances(skipped)) {
      const gaps = page.filter(isCoverageGap);
      const instances = gaps.filter(({ id }) => isEc2InstanceId(id));
      skipped.skip('whose id is none of an EC2 instance', gaps.length - instances.length);

      const { duplicates } = await addEntitiesOnce(jobState, instances.map(toCoverageGapEntity));
      skipped.duplicate(duplicates);
      await addRelationshipsOnce(
        jobState,
        instances.map(({ id }) => instanceHasCoverageGap(id)),
      );
    }
    skipped.publish();
  },
};
