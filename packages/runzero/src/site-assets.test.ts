import { createMockJobState } from '@jupiterone/integration-sdk-testing';
import { describe, expect, it } from 'vitest';
import { SiteAssetsNotes, takeSiteAssets } from './site-assets.js';

const asset = (_key: string, siteId?: string): { _key: string; _type: string; _class: string; siteId?: string } => ({
  _key,
  _type: 'rumble_asset',
  _class: 'Device',
  ...(siteId === undefined ? {} : { siteId }),
});

describe('takeSiteAssets', () => {
  it('takes what was noted while the assets were added, once', async () => {
    const jobState = createMockJobState({ entities: [asset('not-noted', 'site-1')] });
    const notes = new SiteAssetsNotes();
    notes.add('asset-1', 'site-1');
    notes.add('asset-2', undefined);
    notes.add('asset-3', 'site-1');
    await notes.leave(jobState);

    const siteAssets = await takeSiteAssets(jobState);

    expect(Object.fromEntries(siteAssets)).toEqual({ 'site-1': ['asset-1', 'asset-3'], '': ['asset-2'] });
    expect(await jobState.getData('runzero-site-assets')).toBeUndefined();
  });

  it('reads the assets when they come from a cache and nothing was noted', async () => {
    const jobState = createMockJobState({
      entities: [asset('asset-1', 'site-1'), asset('asset-2'), asset('asset-3', 'site-1'), asset('asset-4', 'site-2')],
    });

    const siteAssets = await takeSiteAssets(jobState);

    expect(Object.fromEntries(siteAssets)).toEqual({
      'site-1': ['asset-1', 'asset-3'],
      '': ['asset-2'],
      'site-2': ['asset-4'],
    });
  });
});
