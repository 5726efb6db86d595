import { expect, it } from 'vitest';
import { dockerfileProblems } from './dockerfile-problems.js';

const good = 'FROM node:24.1.0-slim AS a\nFROM a\nUSER 1000:1000\nENTRYPOINT ["node"]\n';

it('finds nothing in a Dockerfile that keeps the rules', () => {
  expect(dockerfileProblems(good)).toEqual([]);
});

it.each([
  ['a base that moves', good.replace(':24.1.0-slim', ':24'), 'FROM node:24 must name a whole version'],
  ['a base without a version', good.replace(':24.1.0-slim', ''), 'FROM node must name a whole version'],
  ['root', good.replace('1000:1000', 'root'), 'the last USER must be a number, and not root'],
  ['no user', good.replace('USER 1000:1000\n', ''), 'the last USER must be a number, and not root'],
  ['a shell', good.replace('["node"]', 'node x'), '"node x" starts a shell, which keeps the signals'],
  ['no entry', good.replace('ENTRYPOINT ["node"]\n', ''), 'there must be one ENTRYPOINT'],
  ['ADD', `${good}ADD https://example.com/a /a\n`, 'ADD https://example.com/a /a may fetch and unpack: use COPY'],
  ['a secret', `${good}ENV API_KEY=x\n`, '"API_KEY=x" looks like a secret: it would stay in the image'],
  ['scripts', `${good}RUN npm install \\\n  --omit=dev\n`, '"npm install    --omit=dev" runs scripts of dependencies'],
  ['a download', `${good}RUN curl https://example.com\n`, '"curl https://example.com" fetches what nobody pinned'],
])('finds %s', (_what, text, problem) => {
  expect(dockerfileProblems(text)).toEqual([problem]);
});
