export { RequestsUnderWay } from './virtual-time/requests-under-way.js';
export { runInVirtualTime } from './virtual-time/run-in-virtual-time.js';
