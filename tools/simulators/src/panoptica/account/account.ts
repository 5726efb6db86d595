import { Random } from '../../kit/random.js';
import { ACCESS_KEY } from '../credentials.js';
import type { PanopticaOptions } from '../options.js';
import { clusters } from './clusters.js';
import type { SimulatedCluster } from './clusters.js';
import { ordinaryImages } from './images.js';
import type { SimulatedImage } from './images.js';
import { oddImages } from './odd-images.js';
import { risks } from './risks.js';
import type { RiskRow } from './risks.js';
import { users } from './users.js';
import type { UserRow } from './users.js';
import { workloads } from './workloads.js';
import type { WorkloadRow } from './workloads.js';

/** Everything that one simulated account holds. */
export interface SimulatedAccount {
  users: readonly UserRow[];
  clusters: readonly SimulatedCluster[];
  images: readonly SimulatedImage[];
  risks: readonly RiskRow[];
  workloads: readonly WorkloadRow[];
  /** `GET /me`. */
  me: Readonly<Record<string, unknown>>;
  /** `POST /account/usageStatus`. */
  usageStatus: Readonly<Record<string, number>>;
}

/** The same seed and options make the same account. */
export function simulatedAccount(seed: number, options: PanopticaOptions): SimulatedAccount {
  const seeded = new Random(seed).fork('panoptica');
  const accountId = seeded.fork('account').uuid();
  const ofClusters = clusters(seeded, options);
  const images = [...ordinaryImages(seeded, options), ...(options.oddities ? oddImages(seeded) : [])];
  const usageStatus = {
    currentNodesUsage: 6 * options.clusters,
    maxNodes: 200,
    currentClustersUsage: options.clusters,
    maxClusters: 20,
  };
  return {
    users: users(seeded, accountId, options),
    clusters: ofClusters,
    images,
    risks: risks(seeded, ofClusters),
    workloads: workloads(seeded, ofClusters, images, options),
    me: {
      id: ACCESS_KEY,
      accountId,
      lastLogin: '2024-02-29T08:00:00.000Z',
      fullName: 'Graph collector',
      description: null,
      status: 'ENABLED',
      role: 'SERVICE',
      email: null,
      shouldDisplayEula: false,
      shouldDisplayProductTour: false,
      permissionsMode: 'NORMAL',
      accountTier: 'TRIAL',
      pricingUnitType: 'POD',
      apiSecurity: 'ENABLED',
      serverlessSecurity: 'DISABLED',
      usageStatus,
    },
    usageStatus,
  };
}
