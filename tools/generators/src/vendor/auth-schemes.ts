/** How requests are authenticated; the same words are in schema.json. */
export type AuthSchemeName = 'hawk' | 'signed-key' | 'bearer' | 'escher' | 'basic' | 'oauth2';

/** What the templates need to know of a scheme. */
export interface AuthScheme {
  /** Config fields besides `apiBaseUrl`, the secret last. */
  readonly fields: readonly { readonly name: string; readonly secret: boolean }[];
  /** The function of `@vendor-graph/http`. */
  readonly importName: string;
  /** The scheme as the client's constructor makes it. */
  readonly expression: string;
}

export const AUTH_SCHEMES: Readonly<Record<AuthSchemeName, AuthScheme>> = Object.freeze({
  hawk: {
    fields: [field('accessId'), secret('secretKey')],
    importName: 'hawkAuth',
    expression: 'hawkAuth({ id: accessId, key: secretKey, clock })',
  },
  'signed-key': {
    fields: [field('apiKey'), secret('apiSecret')],
    importName: 'signedKeyAuth',
    expression: 'signedKeyAuth({ apiKey, apiSecret, clock })',
  },
  bearer: {
    fields: [secret('apiToken')],
    importName: 'bearerAuth',
    expression: 'bearerAuth({ token: apiToken })',
  },
  escher: {
    fields: [field('accessKey'), secret('secretKey')],
    importName: 'escherAuth',
    expression: 'escherAuth({ accessKeyId: accessKey, secretKey, credentialScope: CREDENTIAL_SCOPE })',
  },
  basic: {
    fields: [field('username'), secret('password')],
    importName: 'basicAuth',
    expression: 'basicAuth({ username, password })',
  },
  oauth2: {
    fields: [field('clientId'), secret('clientSecret')],
    importName: 'clientCredentialsAuth',
    expression:
      'clientCredentialsAuth({ tokenUrl: `${apiBaseUrl}/oauth/token`, clientId, clientSecret, product, clock, random })',
  },
});

function field(name: string): AuthScheme['fields'][number] {
  return { name, secret: false };
}

function secret(name: string): AuthScheme['fields'][number] {
  return { name, secret: true };
}
