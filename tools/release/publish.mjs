// Publishes tarballs, those that others need first. Needs nothing but Node.js and npm, so that the job with the right to
// publish runs no code of a dependency.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { argv, env } from 'node:process';
import { pathToFileURL } from 'node:url';

const HELP = `publish.mjs <tarball or folder of tarballs>... [--dry-run] [options of "npm publish"]

Publishes each tarball unless the registry has that version already. Stops at the first that fails.`;

/**
 * @typedef {object} Packed
 * @property {string} path
 * @property {string} name
 * @property {string} version
 * @property {readonly string[]} needs names of the packages that it depends on.
 */

/**
 * Reads what is packed in tarballs and sorts it so that each comes after those that it needs: a package is never in the
 * registry without its dependencies.
 *
 * @param {readonly string[]} paths
 * @returns {Packed[]}
 */
export function inOrderOfPublishing(paths) {
  const all = paths.map(readPacked);
  /** @type {Set<Packed>} */
  const sorted = new Set();
  /** @param {Packed} one @param {readonly Packed[]} path */
  const visit = (one, path) => {
    if (path.includes(one)) throw new Error(`These need each other: ${path.map(({ name }) => name).join(', ')}`);
    for (const needed of all) if (one.needs.includes(needed.name)) visit(needed, [...path, one]);
    sorted.add(one);
  };
  for (const one of all) visit(one, []);
  return [...sorted];
}

/** @param {string} path @returns {Packed} */
function readPacked(path) {
  const { name, version, dependencies, peerDependencies, optionalDependencies } = JSON.parse(
    execFileSync('tar', ['-xzOf', path, 'package/package.json'], { encoding: 'utf8' }),
  );
  return { path, name, version, needs: Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }) };
}

/**
 * The registry that npm would publish a package to, with a slash at its end.
 *
 * @param {string} name
 * @param {readonly string[]} options
 */
function registryOf(name, options) {
  const given = options.find((option) => option.startsWith('--registry='))?.slice('--registry='.length);
  const scope = `${scopeOf(name)}:registry`;
  const ask = (/** @type {string} */ key) =>
    execFileSync('npm', ['config', 'get', key], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  const ofScope = ask(scope);
  return new URL(ofScope === 'undefined' ? (given ?? ask('registry')) : ofScope).href.replace(/\/?$/, '/');
}

/** @param {Packed} packed @param {string} registry @returns {Promise<boolean>} */
async function isPublished({ name, version }, registry) {
  const answer = await globalThis.fetch(`${registry}${name.replace('/', '%2f')}`, {
    headers: { accept: 'application/vnd.npm.install-v1+json' },
  });
  if (answer.status === 404) return false;
  if (!answer.ok)
    throw new Error(`The registry did not say whether ${name}@${version} is published: ${answer.status}.`);
  const { versions } = /** @type {{ versions: Record<string, unknown> }} */ (await answer.json());
  return Object.hasOwn(versions, version);
}

/**
 * Those that the registry has already.
 *
 * @param {readonly Packed[]} all
 * @param {readonly string[]} options
 */
async function publishedAmong(all, options) {
  /** @type {Map<string, string>} */
  const registries = new Map();
  for (const { name } of all) {
    const scope = scopeOf(name);
    if (!registries.has(scope)) registries.set(scope, registryOf(name, options));
  }
  const answers = await Promise.all(all.map((one) => isPublished(one, registries.get(scopeOf(one.name)) ?? '')));
  return new Set(all.filter((_one, at) => answers[at]));
}

/** @param {string} name */
function scopeOf(name) {
  return name.split('/')[0] ?? '';
}

/** @param {readonly string[]} args */
async function main(args) {
  const places = args.filter((arg) => !arg.startsWith('--'));
  const isDryRun = env['NX_DRY_RUN'] === 'true' || args.includes('--dry-run') || args.includes('--dryRun=true');
  // Nx hands its own options on, in its own spelling.
  const options = args.filter(
    (arg) => arg.startsWith('--') && !/^--(dry-run|dryRun|firstRelease|nxReleaseVersionData)\b/.test(arg),
  );
  if (places.length === 0) throw new Error(HELP);
  const tarballs = places.flatMap((place) =>
    statSync(place).isDirectory()
      ? readdirSync(place)
          .filter((name) => name.endsWith('.tgz'))
          .map((name) => join(place, name))
      : [place],
  );
  if (tarballs.length === 0) throw new Error(`There are no tarballs in ${places.join(', ')}.`);

  const sorted = inOrderOfPublishing(tarballs);
  // All are asked for before anything is published: a registry that does not answer stops us early, and no connection waits.
  const there = await publishedAmong(sorted, options);
  for (const packed of sorted) {
    const what = `${packed.name}@${packed.version}`;
    if (there.has(packed)) {
      console.log(`${what} is in the registry already.`);
      continue;
    }
    // npm takes "tarballs/x.tgz" for a repository on GitHub.
    const publish = [
      'publish',
      resolve(packed.path),
      '--access=public',
      ...(isDryRun ? ['--dry-run'] : []),
      ...options,
    ];
    const { status } = spawnSync('npm', publish, { stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`npm did not publish ${what}.`);
    console.log(`${what} ${isDryRun ? 'would be' : 'is'} published.`);
  }
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href)
  try {
    await main(argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
