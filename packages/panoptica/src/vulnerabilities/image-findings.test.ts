import { expect, it } from 'vitest';
import { ImageFindings } from './image-findings.js';

it('makes one finding of the rows of a vulnerability', () => {
  const findings = new ImageFindings();

  findings.add({
    id: 'a',
    layerName: 'RUN b',
    vulnerabilitySources: {
      fixAvailability: 'FIX_AVILABLE',
      sources: [
        { packageName: 'curl', packageVersion: '7.1', fixVersion: '7.2' },
        { packageName: 'libcurl', packageVersion: '7.1' },
      ],
    },
  });
  findings.add({ id: 'b' });
  findings.add({
    id: 'a',
    layerName: 'ADD a in / ',
    vulnerabilitySources: {
      fixAvailability: 'PARTIAL_FIX',
      sources: [{ packageName: ' ', packageVersion: '7.0', fixVersion: '7.2' }],
    },
  });

  // Lists are read again when rows may be missing.
  findings.add({ id: 'a', layerName: 'RUN b', vulnerabilitySources: { fixAvailability: 'FIX_AVILABLE' } });

  expect([...findings]).toEqual([
    {
      vulnerabilityId: 'a',
      fixAvailability: 'PARTIAL_FIX',
      layerNames: ['ADD a in / ', 'RUN b'],
      packageNames: ['curl', 'libcurl'],
      packageVersions: ['7.0', '7.1'],
      fixVersions: ['7.2'],
    },
    {
      vulnerabilityId: 'b',
      fixAvailability: undefined,
      layerNames: [],
      packageNames: [],
      packageVersions: [],
      fixVersions: [],
    },
  ]);
});

it('numbers the rows, and knows one that comes again', () => {
  const findings = new ImageFindings();

  const numbers = [
    findings.add({ id: 'a', layerName: 'RUN a' }),
    findings.add({ id: 'a', layerName: 'RUN b' }),
    findings.add({ id: 'b', layerName: 'RUN b' }),
    findings.add({ id: 'b' }),
    findings.add({ id: 'a', layerName: 'RUN a' }),
    findings.add({ id: 'b' }),
  ];

  expect(numbers).toEqual([0, 1, 2, 3, 0, 3]);
});
