/** The part of escher-auth that the simulator uses; the package has no types of its own. */
declare module 'escher-auth' {
  export default class Escher {
    constructor(config: { credentialScope: string; clockSkew?: number });
    /** Answers the access key id, or throws an Error that says what is wrong. */
    authenticate(
      request: { method: string; url: string; headers: Record<string, unknown>; body: string | Buffer },
      secretOf: (accessKeyId: string) => string | undefined,
    ): string;
  }
}
