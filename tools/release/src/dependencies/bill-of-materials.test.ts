import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { describe, expect, it } from 'vitest';
import { publishedPackages } from '../packages/published-packages.js';
import { workspaceRoot } from '../workspace-root.js';
import { billOfMaterials } from './bill-of-materials.js';
import { installedPackages } from './installed-packages.js';
import type { InstalledPackage } from './installed-packages.js';
import { lockedIntegrity } from './locked-integrity.js';

const place = (
  folder: string,
  name: string,
  version: string,
  needs: string[],
  license?: string,
): [string, InstalledPackage] => [
  folder,
  { folder, needs, manifest: { name, version, ...(license !== undefined && { license }) } },
];

describe('billOfMaterials', () => {
  it('names the package, what comes with it, and who needs whom', () => {
    const packages = new Map([
      place('/a', '@acme/app', '1.2.3', ['/b', '/c'], 'MPL-2.0'),
      place('/c', 'left', '1.0.0', [], 'MIT'),
      place('/b', 'right', '2.0.0', ['/c']),
    ]);

    expect(billOfMaterials(packages, new Map([['left@1.0.0', 'sha512-AQID']]))).toEqual({
      $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      metadata: {
        lifecycles: [{ phase: 'build' }],
        component: {
          type: 'library',
          'bom-ref': 'pkg:npm/%40acme/app@1.2.3',
          group: '@acme',
          name: 'app',
          version: '1.2.3',
          licenses: [{ expression: 'MPL-2.0' }],
          purl: 'pkg:npm/%40acme/app@1.2.3',
        },
      },
      components: [
        {
          type: 'library',
          'bom-ref': 'pkg:npm/left@1.0.0',
          name: 'left',
          version: '1.0.0',
          licenses: [{ expression: 'MIT' }],
          hashes: [{ alg: 'SHA-512', content: '010203' }],
          purl: 'pkg:npm/left@1.0.0',
        },
        {
          type: 'library',
          'bom-ref': 'pkg:npm/right@2.0.0',
          name: 'right',
          version: '2.0.0',
          purl: 'pkg:npm/right@2.0.0',
        },
      ],
      dependencies: [
        { ref: 'pkg:npm/%40acme/app@1.2.3', dependsOn: ['pkg:npm/left@1.0.0', 'pkg:npm/right@2.0.0'] },
        { ref: 'pkg:npm/left@1.0.0', dependsOn: [] },
        { ref: 'pkg:npm/right@2.0.0', dependsOn: ['pkg:npm/left@1.0.0'] },
      ],
    });
  });

  it('lists a package once that is installed twice', () => {
    const packages = new Map([
      place('/a', 'app', '1.0.0', ['/b', '/c']),
      place('/b', 'left', '1.0.0', []),
      place('/c', 'left', '1.0.0', ['/d']),
      place('/d', 'right', '1.0.0', []),
    ]);

    const { components, dependencies } = billOfMaterials(packages, new Map());

    expect(components.map(({ name }) => name)).toEqual(['left', 'right']);
    expect(dependencies[1]).toEqual({ ref: 'pkg:npm/left@1.0.0', dependsOn: ['pkg:npm/right@1.0.0'] });
  });
});

describe('the bill of materials of each published package', () => {
  const integrity = lockedIntegrity(workspaceRoot);
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

  it.each(publishedPackages(workspaceRoot).map(({ folder }) => folder))('%s is CycloneDX', async (folder) => {
    const bill = billOfMaterials(installedPackages(join(workspaceRoot, folder)), integrity);

    expect(await validator.validate(JSON.stringify(bill))).toBeNull();
  });

  it('of runZero holds our libraries and those of others, with hashes', () => {
    const { components } = billOfMaterials(installedPackages(join(workspaceRoot, 'packages', 'runzero')), integrity);
    const names = components.map(({ group, name }) => (group === undefined ? name : `${group}/${name}`));
    const withoutHash = components.filter(({ hashes }) => hashes === undefined).map(({ group }) => group);

    expect(names).toEqual(
      expect.arrayContaining(['@jupiterone/integration-sdk-core', '@vendor-graph/http', 'hawk', 'undici']),
    );
    expect(names).not.toContain('vitest');
    expect(new Set(withoutHash)).toEqual(new Set(['@vendor-graph']));
  });
});
