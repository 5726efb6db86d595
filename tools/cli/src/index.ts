export type { CollectReport } from './collect/collect-report.js';
export { CommandError } from './command-error.js';
export type { RegisterCommand } from './commands/command-registry.js';
export { deferUnusedPartsOfSdk } from './startup/lean-sdk.js';
export type { SyncReport } from './sync/sync-report.js';
export { fieldsOf, loadVendor } from './vendors/load-vendor.js';
export { locateVendor, type VendorPackage } from './vendors/locate-vendor.js';
