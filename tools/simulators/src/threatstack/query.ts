import type { FastifyRequest } from 'fastify';
import { ApiError } from './api-error.js';

/** The query of one request, read with the API's own checks: each method throws an ApiError with status 400. */
export class Query {
  readonly #values: Readonly<Record<string, string | string[] | undefined>>;

  constructor(request: FastifyRequest) {
    // Fastify's parser makes texts and lists of texts, nothing else.
    this.#values = request.query as Record<string, string | string[]>;
  }

  /** One value, or undefined when it is not given. An empty value counts as not given. */
  text(name: string): string | undefined {
    const value = this.#values[name];
    if (Array.isArray(value)) throw invalid(name);
    return value === '' ? undefined : value;
  }

  /** One of the allowed words. */
  word<Word extends string>(name: string, allowed: readonly Word[]): Word | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const word = allowed.find((candidate) => candidate === value);
    if (word === undefined) throw invalid(name);
    return word;
  }

  /** As `word`, but it must be there. */
  requiredWord<Word extends string>(name: string, allowed: readonly Word[]): Word {
    const word = this.word(name, allowed);
    if (word === undefined) throw invalid(name);
    return word;
  }

  /** All values of a parameter that may be repeated; undefined when there is none. */
  words<Word extends string>(name: string, allowed: readonly Word[]): readonly Word[] | undefined {
    const value = this.#values[name];
    if (value === undefined || value === '') return undefined;
    return [value].flat().map((one) => {
      const word = allowed.find((candidate) => candidate === one);
      if (word === undefined) throw invalid(name);
      return word;
    });
  }

  /** A date or an instant in ISO 8601, UTC unless it says otherwise; in ms since the epoch. */
  instant(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(value)) throw invalid(name);
    const ms = Date.parse(/T.*(Z|[+-]\d{2}:\d{2})$|^[^T]*$/.test(value) ? value : `${value}Z`);
    if (Number.isNaN(ms)) throw invalid(name);
    return ms;
  }

  /** A stretch of time, `from` to `until`; its ends must be in this order. */
  period(): { from?: number; until?: number } {
    const from = this.instant('from');
    const until = this.instant('until');
    if (from !== undefined && until !== undefined && until < from) throw invalid('until');
    return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
  }

  /** All parameters but the token, in one order: a token belongs to its filters, however they are arranged. */
  filters(): string {
    return JSON.stringify(
      Object.entries(this.#values)
        .filter(([name]) => name !== 'token')
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  }
}

function invalid(name: string): ApiError {
  return new ApiError(400, `Validation failed: query has invalid ${name} value.`);
}
