// Installs and builds everything; what comes after it may have secrets.
import { install, nx, requireNode } from './steps.mjs';

requireNode();
install();
nx('run-many', '--targets=build', '--output-style=static');
