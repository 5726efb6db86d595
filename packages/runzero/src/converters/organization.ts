import type { Entity } from '@jupiterone/integration-sdk-core';
import { millis, text, withRawData } from '@vendor-graph/integration';
import { createOrganization } from '../data-model.js';
import type { OrganizationRecord } from '../records.js';
import { countersOf } from './counters.js';

/**
 * The entity of an organization.
 *
 * @param hasExportToken whether a token opens its inventory, when that is known
 */
export function toOrganizationEntity(organization: OrganizationRecord, hasExportToken: boolean | undefined): Entity {
  const name = text(organization.name) ?? organization.id;
  const createdAt = millis(organization.created_at);
  const updatedAt = millis(organization.updated_at);
  return withRawData(
    createOrganization({
      _key: organization.id,
      id: organization.id,
      name,
      displayName: name,
      clientId: organization.client_id,
      parentId: organization.parent_id,
      description: text(organization.description),
      createdBy: organization.created_by,
      createdAt,
      createdOn: createdAt,
      updatedAt,
      updatedOn: updatedAt,
      deactivatedAt: millis(organization.deactivated_at),
      demo: organization.demo,
      project: organization.project,
      inactive: organization.inactive,
      active: organization.inactive === undefined ? undefined : !organization.inactive,
      ...countersOf(organization),
      downloadTokenCreatedAt: millis(organization.download_token_created_at),
      exportTokenCreatedAt: millis(organization.export_token_created_at),
      exportTokenLastUsedAt: millis(organization.export_token_last_used_at),
      exportTokenLastUsedBy: organization.export_token_last_used_by,
      exportTokenCounter: organization.export_token_counter,
      hasExportToken,
      expirationAssetsStale: organization.expiration_assets_stale,
      expirationAssetsOffline: organization.expiration_assets_offline,
      expirationScans: organization.expiration_scans,
      expirationWarningLastSent: millis(organization.expiration_warning_last_sent),
    }),
    organization,
  );
}
