import { Agent, request } from 'undici';
import type { AuthScheme } from '@vendor-graph/http';

/** Answers of any kind, by path and query. */
export type Get = (path: string) => Promise<unknown>;

/** Fetches JSON with undici and nothing around it: no retries, no limits, no checks. */
export function signedGet(baseUrl: string, auth: AuthScheme, connections: number): Get {
  const dispatcher = new Agent({ connections });
  return async (path) => {
    const url = new URL(baseUrl + path);
    const headers = { host: url.host, ...(await auth.sign({ method: 'GET', url, headers: {}, attempt: 1 })) };
    const { statusCode, body } = await request(url, { headers, dispatcher });
    if (statusCode !== 200) throw new Error(`${url.pathname} answered ${statusCode}`);
    return body.json();
  };
}

/** Does the work for all items, so many at once. */
export async function each<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
