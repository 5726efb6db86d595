import { readFileSync } from 'node:fs';
import { CommandError } from '@vendor-graph/cli';
import { withQueue } from '../commands/with-queue.js';
import { dashboardServer, type DashboardLogin } from './dashboard-server.js';

/** The options of `vendor-graph fleet dashboard`. */
export interface DashboardOptions {
  host: string;
  port: string;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;
const PASSWORD_VARIABLE = 'VENDOR_GRAPH_DASHBOARD_PASSWORD';
const USER_VARIABLE = 'VENDOR_GRAPH_DASHBOARD_USER';
const SHORTEST_PASSWORD = 12;

/** `vendor-graph fleet dashboard`: serves until it is told to end. */
export async function runDashboard({ host, port }: DashboardOptions): Promise<void> {
  const login = dashboardLogin(host, process.env);
  await withQueue(async (queue) => {
    const server = await dashboardServer(queue, login);
    const address = await server.listen({ host, port: Number(port) });
    process.stderr.write(`The dashboard is at ${address}/\n`);
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    await server.close();
  });
}

/**
 * Who may look, as the environment says.
 *
 * @returns undefined on loopback without a password.
 * @throws CommandError for any other address without a password, or with a short one.
 */
export function dashboardLogin(host: string, env: Readonly<NodeJS.ProcessEnv>): DashboardLogin | undefined {
  const password = passwordOf(env);
  if (password === undefined) {
    if (LOOPBACK.test(host)) return undefined;
    throw new CommandError(
      `The dashboard can be reached from elsewhere at ${host}, so it needs a password: set ${PASSWORD_VARIABLE}, or ${PASSWORD_VARIABLE}_FILE to a file that holds it.`,
    );
  }
  if (password.length < SHORTEST_PASSWORD)
    throw new CommandError(`The password of the dashboard has fewer than ${SHORTEST_PASSWORD} characters.`);
  return { user: env[USER_VARIABLE] ?? 'fleet', password };
}

function passwordOf(env: Readonly<NodeJS.ProcessEnv>): string | undefined {
  const file = env[`${PASSWORD_VARIABLE}_FILE`] ?? '';
  const password = file === '' ? (env[PASSWORD_VARIABLE] ?? '') : readPasswordFile(file);
  return password === '' ? undefined : password;
}

function readPasswordFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new CommandError(`${PASSWORD_VARIABLE}_FILE names ${path}, which cannot be read.`);
  }
}
