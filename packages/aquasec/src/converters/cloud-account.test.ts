import { recordReader } from '@vendor-graph/integration';
import { describe, expect, it } from 'vitest';
import { cloudAccountSchema } from '../records.js';
import { toCloudAccountEntity } from './cloud-account.js';

describe('toCloudAccountEntity', () => {
  it('takes the AWS account out of the role and leaves the external id behind', () => {
    const record = recordReader(cloudAccountSchema).read({
      id: 7_001,
      name: 'production',
      cloud: 'aws',
      role_arn: 'arn:aws:iam::123456789012:role/aqua',
      external_id: 'canary',
    });
    const entity = toCloudAccountEntity(record ?? { id: 0 });

    expect(entity).toMatchObject({ vendor: 'AWS', awsAccountId: '123456789012', name: 'production' });
    expect(JSON.stringify(entity)).not.toContain('canary');
  });

  it('does without a name, a cloud and a role', () => {
    expect(toCloudAccountEntity({ id: 7_001 })).toMatchObject({
      name: '7001',
      vendor: 'unknown',
      awsAccountId: undefined,
    });
  });
});
