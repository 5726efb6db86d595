import type { Entity } from '@jupiterone/integration-sdk-core';
import { text, withRawData } from '@vendor-graph/integration';
import { createCloudAccount } from '../data-model.js';
import type { CloudAccountRecord } from '../records.js';

/** `aquasec_cloud_account:<id>` */
export function cloudAccountKey(id: number): string {
  return `aquasec_cloud_account:${id}`;
}

/** A cloud account that Aqua scans. */
export function toCloudAccountEntity(account: CloudAccountRecord): Entity {
  const name = text(account.name) ?? String(account.id);
  return withRawData(
    createCloudAccount({
      _key: cloudAccountKey(account.id),
      id: String(account.id),
      name,
      displayName: name,
      vendor: text(account.cloud)?.toUpperCase() ?? 'unknown',
      cloud: text(account.cloud),
      roleArn: text(account.role_arn),
      awsAccountId: awsAccountId(account.role_arn),
      groupId: account.group_id,
      enabledRegions: account.enabled_regions,
      autoconnect: account.autoconnect,
    }),
    account,
  );
}

/** The account in `arn:aws:iam::123456789012:role/name`. */
function awsAccountId(roleArn: string | undefined): string | undefined {
  return /^arn:aws[\w-]*:iam::(\d{12}):/.exec(roleArn ?? '')?.[1];
}
