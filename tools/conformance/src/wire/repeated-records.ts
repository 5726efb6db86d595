import { changedRecords } from './changed-records.js';

/** Lists end with their first record once more. */
export const repeatedRecords = changedRecords((records) => [...records, records[0]]);
