import type { Command } from 'commander';
import { registerCheck } from './check.js';
import { registerCollect } from './collect.js';

/** Adds one command to the program. A module of this folder holds its options and loads what it does when it runs. */
export type RegisterCommand = (program: Command) => void;

/** All commands, in the order of the help. */
export const commands: readonly RegisterCommand[] = [registerCheck, registerCollect];
