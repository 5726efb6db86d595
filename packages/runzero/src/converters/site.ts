import type { Entity } from '@jupiterone/integration-sdk-core';
import { millis, text, withRawData } from '@vendor-graph/integration';
import { createSite } from '../data-model.js';
import type { SiteRecord } from '../records.js';
import { countersOf } from './counters.js';

/** The entity of a site. */
export function toSiteEntity(site: SiteRecord): Entity {
  const name = text(site.name) ?? site.id;
  const createdAt = millis(site.created_at);
  const updatedAt = millis(site.updated_at);
  return withRawData(
    createSite({
      _key: site.id,
      id: site.id,
      name,
      displayName: name,
      clientId: site.client_id,
      organizationId: site.organization_id,
      createdAt,
      createdOn: createdAt,
      updatedAt,
      updatedOn: updatedAt,
      deactivatedAt: millis(site.deactivated_at),
      description: site.description,
      scope: site.scope,
      excludes: site.excludes,
      inactive: site.inactive,
      active: site.inactive === undefined ? undefined : !site.inactive,
      ...countersOf(site),
      assetAddressCount: site.asset_address_count,
      assetAddressExtraCount: site.asset_address_extra_count,
      subnets: site.subnets === undefined ? undefined : Object.keys(site.subnets),
      lastTaskId: site.last_task_id,
      lastTaskAt: millis(site.last_task_at),
      lastTaskBy: site.last_task_by,
      lastTaskDuration: site.last_task_duration,
    }),
    site,
  );
}
