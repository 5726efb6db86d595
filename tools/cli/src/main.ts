import { installedCommands } from './commands/installed-commands.js';
import { createProgram } from './program.js';

await createProgram(await installedCommands(process.cwd())).parseAsync();
// A vendor package may leave a timer or a socket behind; the work is done.
process.exit();
