import { messageOf } from '../../errors.ts';
import { HEAD, looksUnfinished, TAIL } from '../unfinished.ts';
import { claimedName } from './claim.ts';
import { isFault } from './fault.ts';
import type { Candidate } from './listing.ts';
import { folderOf, remotePath } from './paths.ts';
import { refuse } from './refusal.ts';
import type { SftpSession } from './session.ts';
import { isSame, type Source } from './source.ts';

/**
 * Makes a ready file ours, so that it may be offered; null when it is not to be taken now: somebody else has it, it
 * changed, it looks unfinished, or it may not be taken at all. Rejects only when the connection is lost.
 */
export async function claimFile(source: Source, session: SftpSession, file: Candidate): Promise<Candidate | null> {
  const { pickUp, readiness, clock } = source;
  if (file.size > pickUp.largest) {
    await refuse(source, session, file, `It has ${file.size} bytes, and ${pickUp.largest} are the most that is taken.`);
    return null;
  }
  try {
    const unsure = pickUp.ready.by === 'stable' && (await isUnfinished(session, file));
    if (unsure && readiness.patient(file, clock.now())) return null;
    const claimed = await withClaim(source, session, file);
    if (claimed === null) return null;
    const facts = await session.facts(claimed.at);
    if (isSame(facts, claimed)) return claimed;
    if (facts !== null && facts.kind === 'file') readiness.changed(claimed, clock.now());
    return null;
  } catch (error) {
    if (isFault(error, 'missing')) return null;
    if (!isFault(error, 'denied', 'failed')) throw error;
    await refuse(source, session, file, `It cannot be read: ${messageOf(error)}.`);
    return null;
  }
}

async function isUnfinished(session: SftpSession, { at, size }: Candidate): Promise<boolean> {
  if (size === 0) return true;
  const head = await bytesOf(session, at, 0, Math.min(size, HEAD + TAIL));
  const tail = size <= HEAD + TAIL ? head : await bytesOf(session, at, size - TAIL, size);
  return looksUnfinished(size, head.subarray(0, HEAD), tail);
}

async function bytesOf(session: SftpSession, path: string, from: number, to: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of session.read(path, from, to)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Where we may not rename, the file is taken under its own name: one poller alone must do for it. */
async function withClaim(source: Source, session: SftpSession, file: Candidate): Promise<Candidate | null> {
  if (file.claim !== null || source.pickUp.claim === 'lease' || source.pickUp.after.do === 'leave') return file;
  const folder = folderOf(file.path);
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const claim = { name, owner: source.owner, id: source.newId() };
  const at = remotePath(folder, claimedName(claim));
  try {
    await session.rename(file.path, at);
    return { ...file, at, claim };
  } catch (error) {
    if (isFault(error, 'missing')) return null;
    if (!isFault(error, 'denied', 'failed')) throw error;
    return file;
  }
}
