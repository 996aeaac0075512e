import { messageOf } from '../../errors.ts';
import { isFault } from './fault.ts';
import type { Candidate } from './listing.ts';
import type { SftpSession } from './session.ts';
import { moveInto, type Source } from './source.ts';

/**
 * A file that cannot be taken: it goes to the folder for failed ones where there is one, else it stays and is left alone
 * until it changes. Said once, as an alarm. Rejects only when the connection is lost.
 */
export async function refuse(source: Source, session: SftpSession, file: Candidate, why: string): Promise<void> {
  const { pickUp, readiness, clock, log } = source;
  const details = { file: file.path, size: file.size };
  if (pickUp.failed !== null) {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    try {
      const to = await moveInto(session, file.at, { folder: pickUp.failed, name, otherwise: source.newId() });
      log.error({ ...details, to }, `A file was not taken and is moved aside. ${why}`);
      return;
    } catch (error) {
      if (!isFault(error, 'denied', 'failed', 'missing')) throw error;
      log.error({ ...details, error: messageOf(error) }, 'A file that was not taken could not be moved aside.');
    }
  }
  readiness.refuse(file, clock.now());
  log.error(details, `A file is not taken; it stays and is left alone until it changes. ${why}`);
}
