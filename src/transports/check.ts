import { messageOf } from '../errors.ts';
import { openSocket, type Reach, resolveHost } from './reach.ts';

/** Whose turn it is when something does not work. */
export type Turn = 'ours' | 'theirs';

/** One thing that was tried on a connection. */
export interface CheckStep {
  /** What was tried, in a word or two: `port`, `host key`. */
  readonly step: string;
  readonly ok: boolean;
  /** What was seen. */
  readonly says: string;
  /** What to do and whose turn it is; null when all is well. */
  readonly fix: { readonly turn: Turn; readonly what: string } | null;
}

/** Steps, each as soon as it was tried; what is returned is what they came to. */
export type CheckSteps<Outcome = void> = AsyncGenerator<CheckStep, Outcome>;

/** A step that went well. */
export function passed(step: string, says: string): CheckStep {
  return { step, ok: true, says, fix: null };
}

/** A step that did not. */
export function stuck(step: string, says: string, turn: Turn, what: string): CheckStep {
  return { step, ok: false, says, fix: { turn, what } };
}

type Tried<Value> = { readonly value: Value } | { readonly error: unknown };

/** What an attempt came to, as a value. */
export function tried<Value>(attempt: Promise<Value>): Promise<Tried<Value>> {
  return attempt.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

/** Asks for each secret that is named; answers whether all have a value. */
export async function* checkSecrets(
  names: readonly (string | null)[],
  secrets: (name: string) => string,
): CheckSteps<boolean> {
  try {
    for (const name of names) if (name !== null) secrets(name);
  } catch (error) {
    yield stuck('secrets', messageOf(error), 'ours', 'Set what is named, and check again.');
    return false;
  }
  yield passed('secrets', 'all have a value');
  return true;
}

/** Looks the name up and tries the port; answers the address, null when it cannot be reached. */
export async function* checkReach(
  reach: Reach,
  { key, judge = () => {} }: { readonly key: string; readonly judge?: (address: string) => void },
): CheckSteps<string | null> {
  const address = await tried(resolveHost(reach));
  if ('error' in address) {
    yield stuck('name', messageOf(address.error), 'ours', `Mend "${key}", or ask the partner for the name.`);
    return null;
  }
  try {
    judge(address.value);
  } catch (error) {
    yield stuck('name', messageOf(error), 'ours', `Name an address in "${key}" that may be asked.`);
    return null;
  }
  yield passed('name', `${reach.host} is ${address.value}`);
  const socket = await tried(openSocket(reach, address.value));
  if ('error' in socket) {
    const what = `The partner opens port ${reach.port} to our address, and our firewall lets us out.`;
    yield stuck('port', messageOf(socket.error), 'theirs', what);
    return null;
  }
  socket.value.destroy();
  yield passed('port', `${reach.port} answers`);
  return address.value;
}
