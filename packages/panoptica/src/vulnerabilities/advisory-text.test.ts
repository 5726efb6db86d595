import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advisoryIn, advisoryText, type Advisory } from './advisory-text.js';

const texts = fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(',', ';', '\n', '0,', '1')), {
  nil: undefined,
});
const metric = fc.option(fc.constantFrom('NETWORK', 'LOW', 'x'), { nil: undefined });
const advisories = fc.record<Advisory>({
  id: fc.string({ minLength: 1 }),
  name: texts,
  description: texts,
  link: texts,
  severity: texts,
  cvss: fc.record({
    score: fc.double({ noNaN: true, noDefaultInfinity: true }).map((score) => (Object.is(score, -0) ? 0 : score)),
    attackVector: metric,
    attackComplexity: metric,
    privilegesRequired: metric,
    userInteraction: metric,
    scope: metric,
    confidentialityImpact: metric,
    integrityImpact: metric,
    availabilityImpact: metric,
  }),
});

describe('advisoryText', () => {
  it('holds all of an advisory, whatever is in its fields', () => {
    fc.assert(
      fc.property(advisories, (advisory) => {
        expect(advisoryIn(advisoryText(advisory))).toEqual(advisory);
      }),
      { seed: 4 },
    );
  });

  it.each<[string, Advisory]>([
    ['no metrics', { id: 'a', name: 'CVE-2019-5481', description: 'Two;\nlines, of text.' }],
    ['metrics of which none is known', { id: 'a', cvss: {} }],
    ['metrics that are null', { id: 'a', cvss: { score: undefined, scope: undefined } }],
  ])('takes %s for none', (_what, advisory) => {
    expect(advisoryIn(advisoryText(advisory))).toEqual({ ...advisory, cvss: undefined });
  });

  it('tells a field that is empty from one that is missing', () => {
    const advisory = { id: 'a', name: '', link: 'https://example.com', cvss: { scope: 'CHANGED' } };

    expect(advisoryIn(advisoryText(advisory))).toEqual(advisory);
  });
});
