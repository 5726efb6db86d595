import { Random } from '../kit/random.js';

/** What opens the simulated console. */
export interface Credentials {
  readonly accountKey: string;
  readonly oauthClient: { readonly id: string; readonly secret: string };
  /** Issued for the OAuth client; like the account key in what it opens. */
  readonly accessToken: string;
}

/** The account's credentials, the same for the same seed. */
export function accountCredentials(seed: number): Credentials {
  const random = new Random(seed).fork('credentials');
  return {
    accountKey: token('CT', random),
    oauthClient: { id: random.hex(32), secret: `${random.hex(40)}+/=` },
    accessToken: `oauth.${random.hex(60)}`,
  };
}

/** A key or token in runZero's form: two letters that name its kind, 28 upper-case hexadecimal digits. */
export function token(kind: 'CT' | 'OT' | 'ET' | 'DT', random: Random): string {
  return `${kind}${random.hex(28).toUpperCase()}`;
}
