import type { SimulatorCredentials } from './kit/simulator.js';

/** What the parent tells a spawned simulator. */
export type ParentMessage =
  | { readonly type: 'start'; readonly vendor: string; readonly options: Readonly<Record<string, unknown>> }
  | { readonly type: 'close' };

/** What a spawned simulator tells its parent. */
export type SpawnedMessage =
  | { readonly type: 'ready'; readonly baseUrl: string; readonly credentials: SimulatorCredentials }
  | { readonly type: 'failed'; readonly message: string };
