import type { Command } from 'commander';
import { registerCheck } from './check.js';
import { registerCollect } from './collect.js';
import { registerDiff } from './diff.js';
import { registerDocument } from './document.js';
import { registerExport } from './export.js';
import { registerQuery } from './query.js';
import { registerSync } from './sync.js';
import { registerVisualize } from './visualize.js';

/** Adds one command to the program. A module of this folder holds its options and loads what it does when it runs. */
export type RegisterCommand = (program: Command) => void;

/** The commands, in the order of the help. The completion, which knows them, is not among them. */
export const commands: readonly RegisterCommand[] = [
  registerCheck,
  registerCollect,
  registerSync,
  registerDiff,
  registerDocument,
  registerVisualize,
  registerQuery,
  registerExport,
];
