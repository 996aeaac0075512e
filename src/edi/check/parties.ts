import type { Interchange } from '../envelope.ts';
import type { Finding, FindingPosition } from '../finding.ts';
import { finding } from '../findings.ts';
import { envelopePosition } from './control.ts';

/** Who an interchange is from, to, or that it came before: what no file shows by itself, and partners and a ledger know. */
export type PartyFault = 'sender-unknown' | 'receiver-unknown' | 'repeated';

const CODES = {
  'sender-unknown': 'INTERCHANGE_SENDER_UNKNOWN',
  'receiver-unknown': 'INTERCHANGE_RECEIVER_UNKNOWN',
  repeated: 'INTERCHANGE_REPEATED',
} as const;

/** The element of ISA and UNB that names them. */
const ELEMENTS = {
  x12: { 'sender-unknown': 6, 'receiver-unknown': 8, repeated: 13 },
  edifact: { 'sender-unknown': 2, 'receiver-unknown': 3, repeated: 5 },
} as const;

/** The finding for the TA1 or CONTRL that tells the partner so. */
export function partyFinding(interchange: Interchange, fault: PartyFault): Finding {
  const { standard, header, sender, receiver, controlNumber } = interchange;
  const element = ELEMENTS[standard][fault];
  const values = { 'sender-unknown': sender.id, 'receiver-unknown': receiver.id, repeated: controlNumber };
  const value = values[fault];
  const tag = header.tag(0);
  const position: FindingPosition = envelopePosition(header, element);
  const composite = standard === 'edifact' && fault !== 'repeated';
  const path = `${tag}/${String(element).padStart(2, '0')}`;
  return finding(CODES[fault], {
    path: composite ? `${path}-1` : path,
    position: composite ? { ...position, component: 1 } : position,
    value,
    text: TEXTS[fault](value),
  });
}

const TEXTS: Readonly<Record<PartyFault, (value: string) => string>> = {
  'sender-unknown': (value) => `The partner does not send as "${value}".`,
  'receiver-unknown': (value) => `The partner does not address us as "${value}".`,
  repeated: (value) => `Control number "${value}" was used for another interchange.`,
};
