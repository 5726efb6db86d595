#!/usr/bin/env node
// A committed file, because a package manager links a bin at install time, before anything is built.
import '../dist/main.js';
