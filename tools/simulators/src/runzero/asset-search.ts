import type { AssetFields } from './asset-template.js';

/** The small part of the console's query language that the simulator understands. */
const TERMS: readonly { pattern: RegExp; test: (asset: AssetFields, value: string, nowSeconds: number) => boolean }[] =
  [
    { pattern: /^alive:(?<value>true|false)$/, test: (asset, value) => String(asset['alive']) === value },
    { pattern: /^site:(?<value>[0-9a-f-]{36})$/, test: (asset, value) => asset['site_id'] === value },
    {
      pattern: /^os_eol:<(?<value>now)$/,
      test: (asset, _value, now) => Number(asset['eol_os']) > 0 && Number(asset['eol_os']) < now,
    },
  ];

/** Whether a search finds an asset: one term or several joined by AND; a term that is not understood finds nothing. */
export function assetSearch(search: string | undefined, nowMs: number): (asset: AssetFields) => boolean {
  if (search === undefined || search.trim() === '') return () => true;
  const tests = search.split(/\s+AND\s+/).map((term) => {
    for (const { pattern, test } of TERMS) {
      const value = pattern.exec(term.trim())?.groups?.['value'];
      if (value !== undefined) return (asset: AssetFields) => test(asset, value, nowMs / 1000);
    }
    return () => false;
  });
  return (asset) => tests.every((test) => test(asset));
}
