import { createRequire } from 'node:module';
import type * as Bunyan from 'bunyan';
import type * as Runtime from '@jupiterone/integration-sdk-runtime';
import type { LogLevel } from './log-level.js';
import type { LogRecord } from './log-record.js';

// An import would read the packages twice, for the names of their exports, and load all that the SDK's runtime exports.
const require = createRequire(import.meta.url);
const bunyan = require('bunyan') as typeof Bunyan;
const { IntegrationLogger } = require('@jupiterone/integration-sdk-runtime') as typeof Runtime;

/**
 * The SDK's logger with a sink of ours; the SDK's own factory knows only stdout.
 *
 * @param name name of the vendor.
 * @param write called for each record of the level or above.
 */
export function createLogger(
  name: string,
  level: LogLevel,
  write: (record: LogRecord) => void,
): Runtime.IntegrationLogger {
  const logger = bunyan.createLogger({
    name,
    level,
    streams: [{ type: 'raw', level, stream: { write } as unknown as NodeJS.WritableStream }],
    serializers: {
      err: describeError,
      error: (error: unknown) => (error instanceof Error ? describeError(error) : error),
      // An instance holds the whole configuration.
      instance: (instance: { id?: unknown; name?: unknown }) => ({ id: instance.id, name: instance.name }),
      integrationInstanceConfig: () => '***',
    },
  });
  return new IntegrationLogger({ logger, errorSet: new Set() });
}

/** What is worth reading of an error. Other properties stay out: errors of libraries carry requests with their headers. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return {
    name: error.name,
    message: error.message,
    ...('code' in error && { code: error.code }),
    stack: error.stack,
    ...(error.cause instanceof Error && { cause: `${error.cause.name}: ${error.cause.message}` }),
  };
}
