// `npm test`: install, then lint, type check, build and every test.
import { install, nx, requireNode } from './steps.mjs';

requireNode();
install();
nx('run-many', '--targets=lint,typecheck,build,test', '--output-style=static');
nx('run-many', '--targets=format,unused', '--projects=workspace', '--output-style=static');
