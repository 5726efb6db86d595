import { CommandError, fieldsOf, loadVendor, locateVendor } from '@vendor-graph/cli';
import type { Account } from '../accounts/account.js';

type Config = Awaited<ReturnType<typeof loadVendor>>;

/**
 * What is wrong with accounts that only their vendors' packages can tell: fields, steps and sources that do not exist,
 * fields that are missing, and secrets that stand in the file.
 */
export async function vendorProblems(accounts: readonly Account[], cwd: string): Promise<string[]> {
  const problems: string[] = [];
  for (const vendor of new Set(accounts.map((account) => account.vendor))) {
    const concerned = accounts.filter((account) => account.vendor === vendor);
    try {
      const config = await loadVendor(locateVendor(vendor, cwd));
      for (const account of concerned)
        problems.push(...problemsOf(account, config).map((problem) => `${account.name}: ${problem}`));
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      problems.push(`${concerned.map(({ name }) => name).join(', ')}: ${error.message}`);
    }
  }
  return problems;
}

function problemsOf({ config, secrets, steps, sources }: Account, vendor: Config): string[] {
  const fields = new Map(fieldsOf(vendor));
  const known = [...fields.keys()].join(', ');
  const given = [...Object.keys(config), ...Object.keys(secrets)];
  const stepIds = vendor.integrationSteps.map(({ id }) => id);
  const sourceIds = Object.keys(vendor.ingestionConfig ?? {});
  return [
    ...given.filter((name) => !fields.has(name)).map((name) => `there is no field "${name}"; there are ${known}`),
    ...Object.keys(config)
      .filter((name) => fields.get(name)?.mask === true)
      .map(
        (name) =>
          `"${name}" is a secret: say under "secrets" where it comes from, and change it, since it was in a file`,
      ),
    ...[...fields]
      .filter(([name, field]) => field.optional !== true && !given.includes(name))
      .map(([name]) => `"${name}" is missing`),
    ...unknown('step', [...steps.only, ...steps.skip], stepIds),
    ...unknown('source', [...sources.enable, ...sources.disable], sourceIds),
  ];
}

function unknown(what: string, given: readonly string[], known: readonly string[]): string[] {
  const list = known.length === 0 ? 'none' : known.join(', ');
  return given.filter((id) => !known.includes(id)).map((id) => `there is no ${what} "${id}"; there are ${list}`);
}
