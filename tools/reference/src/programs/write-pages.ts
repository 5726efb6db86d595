import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationPage } from '../configuration-page.js';
import { loadVendors } from '../load-vendors.js';
import { WORKSPACE } from '../workspace.js';

/** Writes the pages of docs that are generated from the code. */
const vendors = await loadVendors('dist/index.js');
writeFileSync(join(WORKSPACE, 'docs', 'configuration.md'), await configurationPage(vendors));
