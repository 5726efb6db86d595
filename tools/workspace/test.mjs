// `npm test`: install, then lint, type check, build, every test, and whether the generated docs agree with the code.
import { CHECKS, compile, install, nx, requireNode, WORKSPACE_CHECKS } from './steps.mjs';

requireNode();
install();
compile();
nx('run-many', `--targets=lint:all,${CHECKS}`, '--output-style=static');
nx('run-many', `--targets=${WORKSPACE_CHECKS}`, '--projects=workspace', '--output-style=static');
