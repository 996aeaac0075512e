import { FINDING_CODES } from '../edi/finding-codes.ts';
import { FINDING_REMEDIES } from '../edi/finding-remedies.ts';
import { ERROR_CODES, type ErrorCode, type Failure, failureClass } from '../errors.ts';

/** Whose turn it is: the partner's, that of who keeps partners and maps, of who keeps the machines, or of who writes the program. */
export const OWNERS = ['partner', 'onboarding', 'operator', 'platform'] as const;
/** One of them. */
export type Owner = (typeof OWNERS)[number];

/** Why work ended badly or waits for a person. */
export interface Cause {
  readonly owner: Owner;
  /** What trying again can do: `transient` it may pass by itself, `config` after somebody mended it, `permanent` nothing. */
  readonly class: Failure;
  /** What it means, in one sentence. */
  readonly title: string;
  /** What to do, in one sentence or two. */
  readonly remedy: string;
}

/** Reasons that are no errors of the program. docs/operations.md has them in its playbook; a test holds the two equal. */
const REASONS = {
  SENDER_UNKNOWN: {
    owner: 'onboarding',
    class: 'config',
    title: 'No partner sends under the identifier of an interchange.',
    remedy: 'Add it to "identifiers" of the partner, or tell the sender which one was agreed on.',
  },
  RECEIVER_NOT_US: {
    owner: 'onboarding',
    class: 'config',
    title: 'An interchange is addressed to somebody else.',
    remedy: 'Add the identifier to "us" of the partner, or tell the partner that it came to the wrong place.',
  },
  SENDER_NOT_ON_CONNECTION: {
    owner: 'onboarding',
    class: 'config',
    title: 'The sender is one partner, the connection belongs to another.',
    remedy: 'Ask the owner of the connection why; if it may send this, move the identifier to it.',
  },
  CONTROL_NUMBER_REUSED: {
    owner: 'partner',
    class: 'permanent',
    title: 'A sender used a control number again for other documents.',
    remedy: 'Ask the partner to send the interchange again under a new number, then resolve this.',
  },
  NO_AGREEMENT: {
    owner: 'onboarding',
    class: 'config',
    title: 'No agreement names a map for documents of this type; they were delivered unread.',
    remedy: 'Add a line under "inbound" of the partner, and they are read again by themselves.',
  },
  ACKNOWLEDGMENT_OVERDUE: {
    owner: 'partner',
    class: 'transient',
    title: 'A document that we sent was not acknowledged in time.',
    remedy: 'Ask the partner whether it came; an acknowledgment that comes late closes this.',
  },
  ACKNOWLEDGMENT_UNMATCHED: {
    owner: 'partner',
    class: 'permanent',
    title: 'A partner acknowledged something that was not sent to it.',
    remedy: 'Ask the partner what it answers: its numbers may be those of another gateway. Then resolve this.',
  },
  SENT_REJECTED: {
    owner: 'onboarding',
    class: 'permanent',
    title: 'A partner rejected a document that we sent.',
    remedy: 'Mend the map or the event by what the acknowledgment says, and send it as a new event.',
  },
  SENT_PARTLY_REJECTED: {
    owner: 'onboarding',
    class: 'permanent',
    title: 'A partner rejected a part of what we sent, and does not say which.',
    remedy: 'Ask the partner which documents it took; send the others as new events.',
  },
  GROUP_REJECTED: {
    owner: 'partner',
    class: 'permanent',
    title: 'The group around documents was rejected.',
    remedy: 'The partner corrects the envelope of the group and sends it again.',
  },
  MDN_OVERDUE: {
    owner: 'partner',
    class: 'transient',
    title: "A partner's server took messages, and the receipts that were to come later did not.",
    remedy:
      'Ask the partner whether it has them and sends MDNs to the address in "mdnTo"; one that still comes resolves this.',
  },
  PARTNER_CERTIFICATE_ENDS: {
    owner: 'partner',
    class: 'permanent',
    title: 'The certificate of a partner ends within 30 days, and there is no other.',
    remedy: 'Ask the partner for its next certificate and list both; this is resolved by itself then.',
  },
  OUR_CERTIFICATE_ENDS: {
    owner: 'onboarding',
    class: 'permanent',
    title: 'Our certificate for a partner ends within 30 days, and there is no other.',
    remedy: 'Make the next one, send it to the partner, and list both; this is resolved by itself then.',
  },
  WORK_GAVE_UP: {
    owner: 'platform',
    class: 'transient',
    title: 'Every attempt at a step of work failed, in a way that nobody foresaw.',
    remedy: 'Read the attempts, report what they say, and retry with the version that mends it.',
  },
  PROCESS_ENDED: {
    owner: 'platform',
    class: 'permanent',
    title: 'The process ended or hung at least three times while it worked on this, all but the first time alone.',
    remedy: 'Keep the file and report it; retry with the version that mends it. Nothing else was held up.',
  },
} as const satisfies Readonly<Record<string, Cause>>;

/** Errors of the program that something can end with, or that keep a connection from working. */
const ERRORS = {
  ANSWER_UNREADABLE: {
    owner: 'onboarding',
    remedy: 'Compare "items", "largest" and the address of the connection with the guide of the partner.',
  },
  ARCHIVE_BLOB_CORRUPT: {
    owner: 'operator',
    remedy: 'Bring the stored file back from a backup; its name is the hash it must have. Then retry.',
  },
  ARCHIVE_BLOB_MISSING: { owner: 'operator', remedy: 'Bring the stored file back from a backup, then retry.' },
  ARCHIVE_UNREADABLE: { owner: 'operator', remedy: 'Look at the store of the archive and the way to it, then retry.' },
  ARCHIVE_UNWRITABLE: {
    owner: 'operator',
    remedy: 'Free the disk or mend its rights. Files of partners stay where they are until then.',
  },
  CONFIG_INVALID: { owner: 'onboarding', remedy: 'Run crossdock check and mend what it lists.' },
  CONNECTION_ALGORITHMS: {
    owner: 'partner',
    remedy: 'The partner updates the server; until then "legacy: true" of the connection takes old algorithms.',
  },
  CONNECTION_LOGIN: {
    owner: 'onboarding',
    remedy:
      'Compare user, key and password with what the partner gave out; the partner looks whether the account is open.',
  },
  CONNECTION_NOT_FOUND: {
    owner: 'onboarding',
    remedy: 'Bring the connection back that "via" names, or name another one; then retry.',
  },
  CONNECTION_UNAVAILABLE: {
    owner: 'partner',
    remedy: 'Run crossdock partner check ID --connect, which says whose turn it is. It is tried again by itself.',
  },
  DELIVERY_DENIED: {
    owner: 'partner',
    remedy: 'The partner gives us the right to write and rename in the folder, or names another.',
  },
  DELIVERY_REFUSED: { owner: 'partner', remedy: 'Read what the partner said, and send it anew under another name.' },
  DISK_FULL: {
    owner: 'operator',
    remedy: 'Free some of it, by retention for one, or make it larger. Partners keep their files until then.',
  },
  FILE_UNREADABLE: { owner: 'operator', remedy: 'Mend the name or the rights of the file or folder.' },
  HOST_KEY_CHANGED: {
    owner: 'onboarding',
    remedy: 'Ask the partner, not the server, whether it has a new key; then add its fingerprint to "hostKeys".',
  },
  INTERNAL: { owner: 'platform', remedy: 'Look into the log and report it; it is tried again by itself.' },
  MAP_NOT_FOUND: { owner: 'onboarding', remedy: 'Pin a map that exists; crossdock check names those that do.' },
  PICK_UP_DENIED: {
    owner: 'onboarding',
    remedy: 'Compare "pickUp" with what was agreed on; whoever owns the folder lets us list, read and remove there.',
  },
  OUR_CERTIFICATE_ENDED: {
    owner: 'onboarding',
    remedy:
      'Make a new one, send it to the partner, and list it under "ours". Nothing is sent over the connection until then.',
  },
  PARTNER_CERTIFICATE_ENDED: {
    owner: 'partner',
    remedy:
      'The partner sends its new one; list it under "theirs". Its messages are refused until then, and it is sent none.',
  },
  RATE_LIMITED: {
    owner: 'partner',
    remedy: 'Raise "pause" or "every" of the connection, or ask the partner for more.',
  },
  SECRET_MISSING: { owner: 'operator', remedy: 'Set the variable that the sentence names, or write the file.' },
  TARGET_REFUSED: {
    owner: 'onboarding',
    remedy: 'Use a public https address; for a private one set CROSSDOCK_ALLOW_PRIVATE_TARGETS=true.',
  },
} as const satisfies Readonly<Partial<Record<ErrorCode, Pick<Cause, 'owner' | 'remedy'>>>>;

/** Findings of maps: who keeps the map looks first, since a partner does not know it. */
const OF_MAPS = /^(?:MAP_|EVENT_SCHEMA)/;

const REGISTER: ReadonlyMap<string, Cause> = new Map<string, Cause>([
  ...Object.entries(FINDING_CODES).map(([code, { title }]): [string, Cause] => {
    const owner = OF_MAPS.test(code) ? 'onboarding' : 'partner';
    return [code, { owner, class: 'permanent', title, remedy: remedyOfFinding(code) }];
  }),
  ...Object.entries(ERROR_CODES).flatMap(([code, { retry, title }]): [string, Cause][] => {
    const known = Object.entries(ERRORS).find(([key]) => key === code)?.[1];
    return known === undefined ? [] : [[code, { ...known, class: failureClass(retry), title }]];
  }),
  ...Object.entries(REASONS),
]);

/** The causes that the playbook of the documentation lists: all but the findings, which have a list of their own. */
export const PLAYBOOK: ReadonlyMap<string, Cause> = new Map(
  [...REGISTER].filter(([code]) => !(code in FINDING_CODES)).sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** What is known about a code; what no register knows is ours to explain. */
export function causeOf(code: string): Cause {
  return REGISTER.get(code) ?? UNKNOWN;
}

const UNKNOWN: Cause = {
  owner: 'platform',
  class: 'permanent',
  title: 'The cause is in no register.',
  remedy: 'Report it with the sentence that stands here.',
};

function remedyOfFinding(code: string): string {
  return Object.entries(FINDING_REMEDIES).find(([key]) => key === code)?.[1] ?? '';
}
