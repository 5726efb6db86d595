import { join } from 'node:path';
import type { GraphObjectKind } from '../graph-folder/graph-objects.js';

/** The file of a type. A type's name is the vendor's package's, not the vendor's; it stays in its folder all the same. */
export function typeFile(out: string, kind: GraphObjectKind, type: string, extension: string): string {
  return join(out, kind, `${encodeURIComponent(type)}.${extension}`);
}
