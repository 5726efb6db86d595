import { defineConfig } from 'eslint/config';
import config from '../../eslint.config.mjs';

/**
 * The rules of eslint.config.mjs for the whole workspace at once. The types of all projects are one program, checked once;
 * file by file, each project would be a program of its own, with all that it imports. A file that no program has fails.
 */
export default defineConfig(config, {
  files: ['**/*.ts'],
  languageOptions: {
    parserOptions: {
      projectService: false,
      // The page runs in a browser, which has other globals.
      project: ['tools/workspace/tsconfig.lint.json', 'tools/cli/graph-page/tsconfig.json'],
    },
  },
});
