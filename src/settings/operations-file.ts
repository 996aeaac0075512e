import { join } from 'node:path';

/** Where a gateway that owns its data folder says at which URL it answers operators. */
export function operationsFile(dataFolder: string): string {
  return join(dataFolder, 'operations.url');
}
