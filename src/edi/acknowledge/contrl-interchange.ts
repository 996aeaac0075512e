import { writeCharsetOf } from '../edifact/charset.ts';
import type { PlainEdifactInterchange } from '../edifact/plain.ts';
import { encoderOf } from '../encoder.ts';
import { partText } from '../part-text.ts';
import type { Contrl } from './contrl.ts';
import { copied, copiedElements } from './contrl-copy.ts';

/** What only the sending of a CONTRL knows. */
export interface ContrlSending {
  /** CCYYMMDD. */
  readonly date: string;
  /** HHMM. */
  readonly time: string;
  /** 0020 of the answer. */
  readonly interchange: string;
  /** 0062 of the answer. */
  readonly message: string;
}

/** What a CONTRL of each version of the syntax is called. */
const IDENTIFIER_3 = ['CONTRL', 'D', '3', 'UN'];
const IDENTIFIER_4 = ['CONTRL', '4', '1', 'UN'];
/** Syntax identifiers by how many letters they have, for what the one of the sender has not. */
const WIDER = ['UNOA', 'UNOB', 'UNOC', 'UNOY'];

/**
 * A CONTRL as an interchange from the receiver back to the sender, in the syntax of the sender and as a test when that was
 * one. It asks for no acknowledgment. To be written in the charset of its syntax identifier, which has all its letters.
 */
export function contrlInterchange(
  { interchange, version, segments }: Extract<Contrl, { possible: true }>,
  sending: ContrlSending,
): PlainEdifactInterchange {
  const { header, test } = interchange;
  const { party } = copiedElements(version);
  const sender = copied(header, 3, party) ?? [];
  const receiver = copied(header, 2, party) ?? [];
  const { date, time, interchange: reference } = sending;
  const identifier = version === '4' ? IDENTIFIER_4 : IDENTIFIER_3;
  const text = [sender, receiver, ...segments].flat(2).join('');
  return {
    syntax: [syntaxIdentifier(partText(header, 0, 1, 1), text), version],
    ...{ sender, receiver, date, time, reference, test },
    groups: [],
    messages: [{ reference: sending.message, identifier, segments }],
  };
}

/** The sender's, or a wider one where it has not all the letters of the sender's own names. */
function syntaxIdentifier(received: string, text: string): string {
  const candidates = /^UNO[A-KWY]$/.test(received) ? [received, ...WIDER] : WIDER;
  const holds = (identifier: string): boolean => {
    const { has } = encoderOf(writeCharsetOf(identifier));
    return [...text].every((character) => has(character.codePointAt(0) ?? 0));
  };
  return candidates.find(holds) ?? 'UNOY';
}
