// `npm test`: install, then lint, type check, build, every test, and whether the generated docs agree with the code.
import { CHECKS, install, nx, requireNode, WORKSPACE_CHECKS } from './steps.mjs';

requireNode();
install();
nx('run-many', `--targets=${CHECKS}`, '--output-style=static');
nx('run-many', `--targets=${WORKSPACE_CHECKS}`, '--projects=workspace', '--output-style=static');
