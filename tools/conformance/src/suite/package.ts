import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { vendorGraph } from '../vendor-graph.js';
import type { Vendor } from '../vendors.js';

/** The built package is what its source says, to those who load it and to those who read its guide. */
export function describePackage({ name, packageName, folder, invocationConfig }: Vendor): void {
  describe('package', () => {
    it('is loaded by require(), as other tools of JupiterOne do it', () => {
      const script = `process.stdout.write(JSON.stringify(require(${JSON.stringify(packageName)}).invocationConfig))`;

      const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] },
      });

      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(invocationConfig)));
    });

    it('documents the types and relationships that it declares', async () => {
      const { code, stderr } = await vendorGraph(['document', name, '--check']);

      expect({ code, guide: join(folder, 'docs'), stderr }).toMatchObject({ code: 0 });
    });
  });
}
