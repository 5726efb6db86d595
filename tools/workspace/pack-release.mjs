// Builds, checks and packs what is published, with a bill of materials beside each tarball, into the folder `tarballs`.
import { install, nx, requireNode } from './steps.mjs';

requireNode();
install();
nx('run-many', '--targets=package-check,sbom', '--output-style=static');
nx('run', 'release:licences', '--output-style=static');
