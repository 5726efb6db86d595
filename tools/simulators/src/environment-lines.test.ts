import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { environmentLines } from './environment-lines.js';

describe('environmentLines', () => {
  it('names variables after vendor and field, and keeps other credentials behind #', () => {
    const lines = environmentLines('runzero', {
      default: { accountAPIKey: 'CT123', apiBaseUrl: 'http://127.0.0.1:8089/api/v1.0' },
      'export-token': { exportToken: 'ET123', exportWithAccountKey: 'true' },
    });

    expect(lines).toEqual([
      'RUNZERO_ACCOUNT_API_KEY=CT123',
      'RUNZERO_API_BASE_URL=http://127.0.0.1:8089/api/v1.0',
      '# export-token:',
      '# RUNZERO_EXPORT_TOKEN=ET123',
      '# RUNZERO_EXPORT_WITH_ACCOUNT_KEY=true',
    ]);
  });

  it.each([['plain-1.2'], ['two words'], [`$HOME "double" 'single' \\ & ; #`], [''], ['+/=']])(
    'quotes %j so that a shell reads it back',
    (value) => {
      const [line = ''] = environmentLines('acme', { default: { apiKey: value } });

      const read = execFileSync('sh', ['-c', `${line}\nprintf %s "$ACME_API_KEY"`], { encoding: 'utf8' });

      expect(read).toBe(value);
    },
  );
});
