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

  expect([...findings]).toEqual([
    {
      vulnerabilityId: 'a',
      fixAvailability: 'PARTIAL_FIX',
      layerNames: new Set(['RUN b', 'ADD a in / ']),
      packageNames: new Set(['curl', 'libcurl']),
      packageVersions: new Set(['7.1', '7.0']),
      fixVersions: new Set(['7.2']),
    },
    {
      vulnerabilityId: 'b',
      fixAvailability: undefined,
      layerNames: new Set(),
      packageNames: new Set(),
      packageVersions: new Set(),
      fixVersions: new Set(),
    },
  ]);
});
