/** What a job says about itself, in the words of JupiterOne's API. */
export interface SynchronizationJob {
  readonly id: string;
  readonly source: string;
  readonly scope?: string;
  readonly integrationInstanceId?: string;
  readonly integrationJobId?: string;
  status: 'AWAITING_UPLOADS' | 'FINISHED' | 'ABORTED';
  readonly startTimestamp: number;
  numEntitiesUploaded: number;
  numEntitiesCreated: number;
  numEntitiesUpdated: number;
  numEntitiesDeleted: number;
  numRelationshipsUploaded: number;
  numRelationshipsCreated: number;
  numRelationshipsUpdated: number;
  numRelationshipsDeleted: number;
  abortReason?: string;
}

/** Whose graph a job writes: everything that is not uploaded is deleted within this bound only. */
export function scopeOf(job: Pick<SynchronizationJob, 'source' | 'scope' | 'integrationInstanceId'>): string {
  return job.source === 'api' ? `api:${job.scope ?? ''}` : `integration:${job.integrationInstanceId ?? ''}`;
}

/** A job that waits for uploads. */
export function newJob(
  request: Pick<SynchronizationJob, 'source' | 'scope' | 'integrationInstanceId' | 'integrationJobId'>,
  id: string,
  now: number,
): SynchronizationJob {
  return {
    integrationJobId: id,
    ...request,
    id,
    status: 'AWAITING_UPLOADS',
    startTimestamp: now,
    numEntitiesUploaded: 0,
    numEntitiesCreated: 0,
    numEntitiesUpdated: 0,
    numEntitiesDeleted: 0,
    numRelationshipsUploaded: 0,
    numRelationshipsCreated: 0,
    numRelationshipsUpdated: 0,
    numRelationshipsDeleted: 0,
  };
}
