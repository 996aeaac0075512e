import { join } from 'node:path';
import type { Command } from 'commander';
import { createFolderArchive } from '../archive/folder.ts';
import { createS3Archive } from '../archive/s3.ts';
import type { Archive } from '../archive/types.ts';
import { settingsOf } from './context.ts';

/** The archive of the settings, also while a gateway writes to it. */
export async function archiveOf(command: Command): Promise<Archive> {
  const { archive, data } = settingsOf(command);
  return archive === null
    ? createFolderArchive({ folder: join(data, 'archive'), shared: true })
    : createS3Archive(archive);
}
