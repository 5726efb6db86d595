import type { AuthSchemeName } from './auth-schemes.js';

/** How long lists are read; the same words are in schema.json. */
export type PagingKind = 'token' | 'offset' | 'page' | 'jsonl' | 'none';

/** What the generator is told; schema.json describes it to Nx. */
export interface VendorOptions {
  readonly name: string;
  readonly auth: AuthSchemeName;
  readonly paging: PagingKind;
  readonly title?: string;
  readonly skipInstall?: boolean;
}
