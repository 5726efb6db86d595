export { RequestsUnderWay } from './requests-under-way.js';
export { runInVirtualTime } from './run-in-virtual-time.js';
