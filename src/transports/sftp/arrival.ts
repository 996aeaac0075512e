import { GatewayError, messageOf } from '../../errors.ts';
import { failPoints } from '../../util/fail-point.ts';
import type { Arrival } from '../types.ts';
import { isFault } from './fault.ts';
import type { Candidate } from './listing.ts';
import { shownPath } from './paths.ts';
import { refuse } from './refusal.ts';
import type { SftpSession } from './session.ts';
import { isSame, moveInto, type Source } from './source.ts';

/** A claimed file as the contract offers it. */
export function createArrival(source: Source, file: Candidate): Arrival {
  const { server, pool, taken } = source;
  const state = `${shownPath(server, file.path)}|${file.size}|${file.modifiedAt}`;
  // Without a claim of its own, the next file of this name, size and second would be the same to everybody.
  const distinction = file.claim?.id ?? String(taken.get(state) ?? 0);
  return {
    sourceKey: `${state}|${distinction}`,
    name: file.name,
    size: file.size,
    open: () => readUnchanged(source, file),
    async take() {
      const session = await pool.session(server);
      const facts = await session.facts(file.at);
      if (facts !== null && !isSame(facts, file)) return false;
      try {
        // The marker goes first: left behind, it would call the next file of this name ready while it is being written.
        if (file.marker !== null) await removeIfThere(session, file.marker);
        if (facts !== null) await takeAway(source, session, file);
        await failPoints?.reach('sftp.after_move');
      } catch (error) {
        if (!isFault(error, 'denied', 'failed', 'missing')) throw error;
        await alarm(source, file, error);
        return false;
      }
      if (file.claim === null) taken.set(state, (taken.get(state) ?? 0) + 1);
      return true;
    },
  };
}

async function takeAway(source: Source, session: SftpSession, file: Candidate): Promise<void> {
  const { after } = source.pickUp;
  switch (after.do) {
    case 'delete':
      return removeIfThere(session, file.at);
    case 'move': {
      const name = file.path.slice(file.path.lastIndexOf('/') + 1);
      const folder = after.to.replaceAll('{date}', source.today());
      await moveInto(session, file.at, { folder, name, otherwise: file.claim?.id ?? source.newId() });
      return;
    }
    case 'leave':
      // Not seen again until it changes; after a restart the ledger knows it.
      source.readiness.refuse(file, source.clock.now());
  }
}

/** The file is stored here and may not be taken away there: whoever may must know, and it must not come again and again. */
async function alarm({ log, readiness, clock, pickUp }: Source, file: Candidate, error: unknown): Promise<void> {
  readiness.refuse(file, clock.now());
  const doing = pickUp.after.do === 'move' ? 'moved away' : 'removed';
  const remedy = `It is stored here and left alone there. The partner lets us ${pickUp.after.do} files in that folder.`;
  log.error({ file: file.path, error: messageOf(error) }, `A file may not be ${doing} on the server. ${remedy}`);
}

async function removeIfThere(session: SftpSession, path: string): Promise<void> {
  await session.remove(path).catch((error: unknown) => {
    if (!isFault(error, 'missing')) throw error;
  });
}

/** The bytes of the very file that was listed, no more than it had then. */
async function* readUnchanged(source: Source, file: Candidate): AsyncIterable<Buffer> {
  const { server, pool } = source;
  const shown = shownPath(server, file.path);
  const session = await pool.session(server);
  try {
    let received = 0;
    for await (const chunk of session.read(file.at, 0, file.size)) {
      received += chunk.length;
      yield chunk;
    }
    if (received === file.size && isSame(await session.facts(file.at), file)) return;
  } catch (error) {
    if (isFault(error, 'denied', 'failed'))
      await refuse(source, session, file, `It may not be read: ${messageOf(error)}.`);
    const code = isFault(error, 'lost') ? 'CONNECTION_UNAVAILABLE' : 'FILE_UNREADABLE';
    throw new GatewayError(code, `${shown} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
  throw new GatewayError('FILE_UNREADABLE', `${shown} changed while it was read; it will be offered again.`);
}
