import type { Entity } from '@jupiterone/integration-sdk-core';
import { isoMillis, text, withRawData } from '@vendor-graph/integration';
import { createImage, IMAGE } from '../data-model.js';
import type { Image } from '../records.js';
import { severityCounts } from './severity-counts.js';

export function imageKey(imageId: string): string {
  return `${IMAGE._type}:${imageId}`;
}

export function toImageEntity(image: Image): Entity {
  const name = text(image.imageName) ?? image.id;
  return withRawData(
    createImage({
      _key: imageKey(image.id),
      id: image.id,
      name,
      displayName: name,
      imageTags: image.imageTags,
      imageHash: text(image.imageHash),
      isScanned: image.isScanned,
      isIdentified: image.isIdentified,
      imageSourceType: text(image.imageSourceType),
      createdOn: isoMillis(image.timeAdded),
      ...severityCounts(image.vulnerabilitiesSummary, image.dockerfileScanResultsSummary),
    }),
    image,
  );
}
