/** The part of escher-auth 4.0 that this library uses; the package has no types of its own. */
declare module 'escher-auth' {
  export interface EscherConfig {
    algoPrefix?: string;
    vendorKey?: string;
    hashAlgo?: 'SHA256' | 'SHA512';
    credentialScope?: string;
    authHeaderName?: string;
    dateHeaderName?: string;
    /** Seconds. */
    clockSkew?: number;
    accessKeyId?: string;
    apiSecret?: string;
  }

  export interface EscherRequest {
    method: string;
    /** Path and query; an absolute URL throws. */
    url: string;
    headers: [name: string, value: string][];
    body?: string;
  }

  export default class Escher {
    constructor(config?: EscherConfig);
    /** Adds the date header (if absent) and the authentication header to `request.headers` and returns the request. */
    signRequest(request: EscherRequest, body: string, headersToSign?: string[]): EscherRequest;
    /** Returns the access key id; throws an Error that says what is wrong. */
    authenticate(
      request: EscherRequest,
      keyDb: (accessKeyId: string) => string | undefined,
      mandatorySignedHeaders?: string[],
    ): string;
  }
}
