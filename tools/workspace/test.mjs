// `npm test`: install, then lint, type check, build, every test, and whether the generated docs agree with the code.
import { install, nx, requireNode } from './steps.mjs';

requireNode();
install();
nx('run-many', '--targets=lint,typecheck,build,test,document-check', '--output-style=static');
nx('run-many', '--targets=format,unused', '--projects=workspace', '--output-style=static');
