import { join } from 'node:path';
import { VersionActions } from 'nx/release';
import { INSTALLED_DEPENDENCIES } from './packages/manifest.js';
import type { Manifest } from './packages/manifest.js';

type Tree = Parameters<VersionActions['validate']>[0];
type ProjectGraph = Parameters<VersionActions['readDependencies']>[1];
type Dependencies = Awaited<ReturnType<VersionActions['readDependencies']>>;

/**
 * How `nx release` reads and writes our versions. The ranges of our own packages in a package.json are `workspace:^` and
 * become versions when they are packed, so that a new version is one line in one file.
 */
export default class WorkspaceVersionActions extends VersionActions {
  override readonly validManifestFilenames = ['package.json'];

  async readCurrentVersionFromSourceManifest(tree: Tree): Promise<{ currentVersion: string; manifestPath: string }> {
    return { currentVersion: this.manifest(tree).version, manifestPath: this.manifestPath };
  }

  /** Versions come from git tags and, for what was never released, from package.json: no registry is asked. */
  async readCurrentVersionFromRegistry(): Promise<null> {
    return null;
  }

  /** Only what those who install the package get: a new version of something that its tests use changes nothing for them. */
  override async readDependencies(tree: Tree, projectGraph: ProjectGraph): Promise<Dependencies> {
    const manifest = this.manifest(tree);
    const installed = new Set(INSTALLED_DEPENDENCIES.flatMap((kind) => Object.keys(manifest[kind] ?? {})));
    const all = await super.readDependencies(tree, projectGraph);
    return all.filter(({ target }) => {
      const name = projectGraph.nodes[target]?.data.metadata?.js?.packageName;
      return name !== undefined && installed.has(name);
    });
  }

  async readCurrentVersionOfDependency(
    tree: Tree,
    projectGraph: ProjectGraph,
    dependencyProjectName: string,
  ): Promise<{ currentVersion: string | null; dependencyCollection: string | null }> {
    const manifest = this.manifest(tree);
    const name = projectGraph.nodes[dependencyProjectName]?.data.metadata?.js?.packageName ?? '';
    const collection = INSTALLED_DEPENDENCIES.find((kind) => manifest[kind]?.[name] !== undefined);
    return {
      currentVersion: collection === undefined ? null : (manifest[collection]?.[name] ?? null),
      dependencyCollection: collection ?? null,
    };
  }

  async updateProjectVersion(tree: Tree, newVersion: string): Promise<string[]> {
    tree.write(this.manifestPath, `${JSON.stringify({ ...this.manifest(tree), version: newVersion }, null, 2)}\n`);
    return [`${this.manifestPath} has version ${newVersion} now.`];
  }

  async updateProjectDependencies(): Promise<string[]> {
    return [];
  }

  private get manifestPath(): string {
    return join(this.projectGraphNode.data.root, 'package.json');
  }

  private manifest(tree: Tree): Manifest {
    const content = tree.read(this.manifestPath, 'utf8');
    if (content === null) throw new Error(`${this.manifestPath} is missing.`);
    return JSON.parse(content) as Manifest;
  }
}
