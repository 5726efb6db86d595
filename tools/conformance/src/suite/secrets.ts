import { beforeAll, describe, expect, it } from 'vitest';
import { simulatedRun, type SimulatedRun } from '../run/simulated-run.js';
import type { WireFault } from '../wire/wire-proxy.js';
import { derivedSecrets, leaksIn, secretForms } from './secret-forms.js';
import { fieldsOf, type ConformanceSubject } from './subject.js';

/** What secrets are made of that break loaders, shells, URLs, headers and JSON. */
const AWKWARD = 'c4n$ary"+/=%{x}\\&ry-0123456789';

/** Secrets are nowhere but in the headers of requests, whatever the vendor does with them. */
export function describeSecrets(subject: ConformanceSubject): void {
  const masked = fieldsOf(subject)
    .filter(([, { mask }]) => mask === true)
    .map(([name]) => name);

  describe('secrets', () => {
    let undisturbed: SimulatedRun;
    let secrets: string[];
    let open: string[];
    beforeAll(async () => {
      undisturbed = await simulatedRun(subject);
      const { config } = undisturbed;
      secrets = masked.filter((name) => name in config).map((name) => String(config[name]));
      open = Object.entries(config)
        .filter(([name]) => !masked.includes(name))
        .map(([, value]) => String(value));
    });

    it('are in nothing that is said or kept when all goes well', () => {
      expect(leaks(undisturbed, secrets, open)).toEqual([]);
    });

    it.each(echoes())(
      'are in nothing that is said or kept when the vendor answers them back: %s',
      async (_what, echo) => {
        const run = await simulatedRun(subject, { schedule: () => echo(secrets) });

        expect(leaks(run, secrets, open)).toEqual([]);
      },
    );

    it('with awkward characters are in nothing that is said when they are refused', async () => {
      const run = await simulatedRun(subject, {
        config: (right) => ({
          ...right,
          ...Object.fromEntries(masked.filter((name) => name in right).map((name) => [name, AWKWARD])),
        }),
      });

      expect(run.refusal).toBeInstanceOf(Error);
      expect(leaks(run, [AWKWARD], open)).toEqual([]);
    });
  });
}

/** Ways in which a vendor, or something in between, repeats what it was sent. */
function echoes(): [what: string, echo: (secrets: readonly string[]) => WireFault][] {
  const answer =
    (status: string, type: string, wrap: (text: string) => string) =>
    (secrets: readonly string[]): WireFault =>
    ({ socket, request }) => {
      const text = [...Object.values(request.headers), request.target, ...secrets.flatMap(secretForms)].join(' ; ');
      const content = wrap(text);
      socket.write(
        `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(content)}\r\n\r\n${content}`,
      );
    };
  const json = (name: string) => (text: string) => JSON.stringify({ [name]: `refused: ${text}` });
  return [
    ['400', answer('400 Bad Request', 'application/json', json('message'))],
    ['401', answer('401 Unauthorized', 'application/json', json('error'))],
    ['403', answer('403 Forbidden', 'application/json', json('message'))],
    ['404', answer('404 Not Found', 'application/json', json('detail'))],
    [
      '422',
      answer('422 Unprocessable Entity', 'application/json', (text) =>
        JSON.stringify({ errors: [text, { message: text }] }),
      ),
    ],
    ['429', answer('429 Too Many Requests', 'text/plain', (text) => text)],
    ['500', answer('500 Internal Server Error', 'application/json', json('title'))],
    ['503 as HTML', answer('503 Service Unavailable', 'text/html', (text) => `<h1>${text}</h1>`)],
    ['200 that is no JSON', answer('200 OK', 'application/json', (text) => text)],
    ['200 of another shape', answer('200 OK', 'application/json', json('message'))],
    ['in the status line', inHead((text) => `HTTP/1.1 418 ${text.slice(0, 2_000)}\r\ncontent-length: 0\r\n\r\n`)],
    [
      'in the address of a redirect',
      inHead(
        (text) =>
          `HTTP/1.1 302 Found\r\nlocation: https://vendor.example/?token=${encodeURIComponent(text)}\r\ncontent-length: 0\r\n\r\n`,
      ),
    ],
    ['as garbage', inHead((text) => `${text}\r\n\r\n`)],
  ];
}

function inHead(head: (text: string) => string): (secrets: readonly string[]) => WireFault {
  return (secrets) =>
    ({ socket, request }) => {
      socket.write(head([...secrets, ...Object.values(request.headers)].join(' ')));
    };
}

/** Secrets, and what was made of them for requests, in what a run has said and kept. */
function leaks(run: SimulatedRun, secrets: readonly string[], open: readonly string[]): string[] {
  const text = run.said + JSON.stringify(run.graph) + JSON.stringify(run.events);
  return leaksIn(text, [...secrets, ...derivedSecrets(run.requests, open)]);
}
