/** What the byte server is told: from now on each answer takes so long, and the traffic is counted anew. */
export interface ToReplay {
  latencyMs: number;
}

/** What it tells: where it listens; the traffic since it was last told something. */
export type FromReplay = { type: 'ready'; port: number } | { type: 'traffic'; requests: number; peakInFlight: number };
