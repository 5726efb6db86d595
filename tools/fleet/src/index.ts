export { registerFleet as registerCommand } from './commands/register-fleet.js';
