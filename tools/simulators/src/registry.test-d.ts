import { startSimulator } from './registry.js';
import { spawnSimulator } from './spawn-simulator.js';

// A vendor that the compiler knows has its own options and the kit's.
void startSimulator('threatstack', { agents: 3, rowsPer: 'host', port: 0, clock: { now: () => 0 } });
// @ts-expect-error no simulator has this option
void startSimulator('threatstack', { agent: 3 });
// @ts-expect-error a number is needed
void startSimulator('threatstack', { agents: '3' });

// A vendor that is known at run time only takes anything; the simulator checks it then.
declare const vendor: string;
void startSimulator(vendor, { agents: 3, clock: { now: () => 0 } });
// @ts-expect-error the kit's own options are known in any case
void startSimulator(vendor, { port: '8080' });

void spawnSimulator('threatstack', { agents: 3, clockOffsetMs: 5 });
// @ts-expect-error a clock cannot travel to another process
void spawnSimulator('threatstack', { clock: { now: () => 0 } });
