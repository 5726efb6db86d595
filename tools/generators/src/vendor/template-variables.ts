import { AUTH_SCHEMES } from './auth-schemes.js';
import type { PagingKind, VendorOptions } from './vendor-options.js';

/** What the client's file imports besides, by the way in which lists are read. */
const HTTP_IMPORTS: Readonly<Partial<Record<PagingKind, readonly string[]>>> = {
  jsonl: ['BodyError', 'ConnectionError', 'TimeoutError'],
};

/** What the templates in `files` can say. */
export function templateVariables({ name, auth, paging, title }: VendorOptions): Record<string, unknown> {
  const scheme = AUTH_SCHEMES[auth];
  const VENDOR = name.toUpperCase();
  const Vendor = `${VENDOR.charAt(0)}${name.slice(1)}`;
  const httpImports = ['fieldOf', scheme.importName, 'HttpClient', ...(HTTP_IMPORTS[paging] ?? [])].sort(compare);
  // The Escher library reads the system's time: its server must do so, too.
  const hasVirtualServer = auth !== 'escher';
  return {
    /** In the name of a file that begins with a dot. */
    dot: '.',
    vendor: name,
    Vendor,
    VENDOR,
    title: title ?? Vendor,
    scheme: auth,
    auth: scheme,
    fields: scheme.fields.map((field) => ({ ...field, variable: `${VENDOR}_${upperSnake(field.name)}` })),
    /** The field that tells one account from another; none where all fields are secrets. */
    limitKey: scheme.fields.find(({ secret }) => !secret)?.name,
    paging,
    isPaged: paging === 'token' || paging === 'offset' || paging === 'page',
    httpImports: [...httpImports, 'type JsonAnswer'].join(', '),
    clockOption: hasVirtualServer ? ', clock' : '',
    clockOnly: hasVirtualServer ? ', { clock }' : '',
  };
}

function upperSnake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function compare(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}
