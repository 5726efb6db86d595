#!/usr/bin/env node
// A committed file, because a package manager links a bin at install time, before anything is built.
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  console.error('vendor-graph is not built yet. Run: npx nx build cli');
  process.exitCode = 1;
}
