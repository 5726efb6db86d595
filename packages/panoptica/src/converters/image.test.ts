import { describe, expect, it } from 'vitest';
import type { Image } from '../records.js';
import { toImageEntity } from './image.js';

const ID = '640af106-ffb4-4b9e-942d-8f2a59526b1b';

describe('toImageEntity', () => {
  it('has an image with everything that is known', () => {
    const image: Image = {
      id: ID,
      imageName: 'docker.io/bitnami/mariadb',
      imageTags: ['10.3.20-debian-9-r0'],
      imageHash: '4867b36293504a98e1cf3fbbae657845cf24b090a610930836088178604f02ca',
      timeAdded: '2022-05-04T05:28:30.364Z',
      vulnerabilitiesSummary: { total: 98, unknown: 0, low: 1, medium: 27, high: 58, critical: 12 },
      isScanned: true,
      isIdentified: false,
      imageSourceType: 'RISK_ASSESSMENT',
      dockerfileScanResultsSummary: { total: 6, info: 1, warn: 2, fatal: 3 },
    };

    expect(toImageEntity(image)).toEqual({
      _key: `panoptica_image:${ID}`,
      _type: 'panoptica_image',
      _class: ['Image'],
      id: ID,
      name: 'docker.io/bitnami/mariadb',
      displayName: 'docker.io/bitnami/mariadb',
      imageTags: ['10.3.20-debian-9-r0'],
      imageHash: '4867b36293504a98e1cf3fbbae657845cf24b090a610930836088178604f02ca',
      createdOn: 1_651_642_110_364,
      isScanned: true,
      isIdentified: false,
      imageSourceType: 'RISK_ASSESSMENT',
      vulnerabilitiesSummaryTotal: 98,
      vulnerabilitiesSummaryUnknown: 0,
      vulnerabilitiesSummaryLow: 1,
      vulnerabilitiesSummaryMedium: 27,
      vulnerabilitiesSummaryHigh: 58,
      vulnerabilitiesSummaryCritical: 12,
      dockerfileScanResultsSummaryTotal: 6,
      dockerfileScanResultsSummaryInfo: 1,
      dockerfileScanResultsSummaryWarn: 2,
      dockerfileScanResultsSummaryFatal: 3,
      _rawData: [{ name: 'default', rawData: image }],
    });
  });

  it('has an image of which next to nothing is known', () => {
    const image: Image = { id: ID, imageHash: 'Sample Image ID', imageTags: [], timeAdded: 'soon' };

    expect(JSON.parse(JSON.stringify(toImageEntity(image)))).toEqual({
      _key: `panoptica_image:${ID}`,
      _type: 'panoptica_image',
      _class: ['Image'],
      id: ID,
      name: ID,
      displayName: ID,
      imageTags: [],
      imageHash: 'Sample Image ID',
      _rawData: [{ name: 'default', rawData: image }],
    });
  });
});
