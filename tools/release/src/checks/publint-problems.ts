import { readFileSync } from 'node:fs';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** What publint, https://publint.dev, says about a tarball: suggestions and warnings count like errors. */
export async function publintProblems(tarball: string): Promise<string[]> {
  const bytes = new Uint8Array(readFileSync(tarball));
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, level: 'suggestion', strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}
