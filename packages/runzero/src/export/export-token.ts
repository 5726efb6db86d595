import { recordReader, Type } from '@vendor-graph/integration';

/** A shorter text is no token: consoles have masked and emptied them over time. */
const SHORTEST_TOKEN = 20;
/** A longer text is none either: no server takes such a header. */
const LONGEST_TOKEN = 4_096;

const organizationToken = recordReader(Type.Object({ export_token: Type.Optional(Type.String()) }));
const listedToken = recordReader(Type.Object({ token: Type.Optional(Type.String()) }));

/** The export token in a record of `/account/orgs`, where older consoles keep it. */
export function tokenOfOrganization(record: unknown): string | undefined {
  return usable(organizationToken.read(record)?.export_token);
}

/** The first usable token in an answer of `/account/orgs/{id}/exportTokens`. */
export function firstListedToken(list: unknown): string | undefined {
  if (!Array.isArray(list)) return undefined;
  for (const entry of list as unknown[]) {
    const token = usable(listedToken.read(entry)?.token);
    if (token !== undefined) return token;
  }
  return undefined;
}

/** A token that a header can carry and that nobody has masked. */
function usable(token: string | undefined): string | undefined {
  const content = token?.trim() ?? '';
  const isOfLength = content.length >= SHORTEST_TOKEN && content.length <= LONGEST_TOKEN;
  return isOfLength && /^[\x21-\x7e]+$/.test(content) && !content.includes('*') ? content : undefined;
}
