import { createProgram } from './program.js';

await createProgram().parseAsync();
// A vendor package may leave a timer or a socket behind; the work is done.
process.exit();
