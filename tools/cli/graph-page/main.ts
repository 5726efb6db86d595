import type { PageData } from '../src/visualize/page-data.js';
import { Page } from './page.js';

new Page(JSON.parse(document.getElementById('page-data')?.textContent ?? '{}') as PageData);
