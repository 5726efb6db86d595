import { expect, it } from 'vitest';
import { annotationLines } from './github-annotations.js';

it("writes workflow commands, and keeps a vendor's text from being one", () => {
  expect(
    annotationLines([
      { level: 'error', title: 'acme: fetch-users', message: '100 % failed\r\n::set-env name=X::1' },
      { level: 'warning', title: 'a,b', message: 'no users' },
    ]),
  ).toBe(
    '::error title=acme%3A fetch-users::100 %25 failed%0D%0A::set-env name=X::1\n::warning title=a%2Cb::no users\n',
  );
});
