import type { JobState } from '@jupiterone/integration-sdk-core';
import { ASSET } from './data-model.js';

const DATA_KEY = 'runzero-site-assets';

/** Which assets stand at which site: their keys by the site's id. Assets without a site have an empty one. */
export type SiteAssets = ReadonlyMap<string, readonly string[]>;

/** Notes the site of each asset while the assets are added. It holds keys that the job state holds anyway. */
export class SiteAssetsNotes {
  readonly #keys = new Map<string, string[]>();

  add(assetKey: string, siteId: string | undefined): void {
    const keys = this.#keys.get(siteId ?? '');
    if (keys === undefined) this.#keys.set(siteId ?? '', [assetKey]);
    else keys.push(assetKey);
  }

  /** Leaves the notes to the step that makes relationships of them. */
  async leave(jobState: Pick<JobState, 'setData'>): Promise<void> {
    await jobState.setData(DATA_KEY, this.#keys);
  }
}

/**
 * Takes the notes, which are then gone. Where there are none, because the assets come from a cache of the SDK and were
 * not fetched in this run, it reads the assets.
 */
export async function takeSiteAssets(
  jobState: Pick<JobState, 'getData' | 'deleteData' | 'iterateEntities'>,
): Promise<SiteAssets> {
  const left = await jobState.getData<SiteAssets>(DATA_KEY);
  if (left !== undefined) {
    await jobState.deleteData(DATA_KEY);
    return left;
  }
  const keys = new Map<string, string[]>();
  await jobState.iterateEntities({ _type: ASSET._type }, ({ _key, siteId }) => {
    const site = typeof siteId === 'string' ? siteId : '';
    const known = keys.get(site);
    if (known === undefined) keys.set(site, [_key]);
    else known.push(_key);
  });
  return keys;
}
