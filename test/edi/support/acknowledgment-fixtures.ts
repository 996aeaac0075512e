import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContrlOptions } from '../../../src/edi/acknowledge/contrl.ts';
import type { AcknowledgeOptions } from '../../../src/edi/acknowledge/index.ts';
import type { Checked } from '../../../src/edi/check/index.ts';
import { type PartyFault, partyFinding } from '../../../src/edi/check/parties.ts';
import { graded, type Severities } from '../../../src/edi/check/severity.ts';
import type { Finding } from '../../../src/edi/finding.ts';
import type { FindingCode } from '../../../src/edi/finding-codes.ts';
import { ROOT } from '../../support/source-files.ts';
import { answersToChecked } from './acknowledge.ts';
import { checkedItems, contrlsTo, contrlText } from './contrl.ts';

/** The folder of documents and of what is answered to them: `NAME.edi` with `NAME.ack.edi` and more beside it. */
export const FIXTURES = join(ROOT, 'test/fixtures/acknowledgments');

/** What a partner's file or a ledger would say of a fixture. */
interface Agreed {
  readonly severity?: Severities;
  readonly fault?: PartyFault;
  readonly x12?: Partial<AcknowledgeOptions>;
  readonly contrl?: readonly Partial<ContrlOptions>[];
}

/** CONTRL tells only what rejects, and some faults reject only where that was agreed. */
const rejecting = (...codes: readonly FindingCode[]): Agreed => ({
  severity: Object.fromEntries(codes.map((code) => [code, 'rejected'])),
});

const AGREED: Readonly<Record<string, Agreed>> = {
  'ta1-006-sender-unknown': { fault: 'sender-unknown' },
  'ta1-009-receiver-unknown': { fault: 'receiver-unknown' },
  'ta1-025-repeated': { fault: 'repeated' },
  'set-1-unknown': rejecting('SET_UNKNOWN'),
  'element-trailing-separators-rejected': rejecting('TRAILING_SEPARATORS'),
  'status-p-only-rejected-named': { x12: { documents: 'rejected' } },
  'x12-release-wanted': { x12: { version: '004010' } },
  'contrl-only-rejected-named': { contrl: [{ messages: 'rejected' }] },
  'contrl-receipt': { contrl: [{ kind: 'receipt' }] },
  'contrl-receipt-then-complete': { contrl: [{ kind: 'receipt' }, { messages: 'all' }] },
  'contrl-07-not-for-us': { ...rejecting('INTERCHANGE_RECEIVER_UNKNOWN'), fault: 'receiver-unknown' },
  'contrl-12-code': rejecting('ELEMENT_CODE'),
  'contrl-12-date-of-the-interchange': rejecting('INTERCHANGE_HEADER_ELEMENT'),
  'contrl-14-message-type': rejecting('SET_UNKNOWN'),
  'contrl-16-components': rejecting('COMPONENTS_TOO_MANY'),
  'contrl-16-elements': rejecting('ELEMENTS_TOO_MANY'),
  'contrl-19-no-digit-behind-the-decimal-mark': rejecting('ELEMENT_DECIMAL'),
  'contrl-20-una': rejecting('INTERCHANGE_DELIMITERS'),
  'contrl-22-service-characters': rejecting('INTERCHANGE_DELIMITERS'),
  'contrl-23-sender-unknown': { ...rejecting('INTERCHANGE_SENDER_UNKNOWN'), fault: 'sender-unknown' },
  'contrl-26-group': rejecting('GROUP_CONTROL_REPEATED'),
  'contrl-26-interchange': { fault: 'repeated' },
  'contrl-28-unz': rejecting('INTERCHANGE_CONTROL_DIFFERS'),
  'contrl-29-une': rejecting('GROUP_COUNT_WRONG'),
  'contrl-29-unz': rejecting('INTERCHANGE_COUNT_WRONG'),
  'contrl-30-messages-beside-groups': rejecting('INTERCHANGE_STRUCTURE'),
  'contrl-31-other-message-in-group': rejecting('SET_NOT_IN_GROUP'),
  'contrl-32-empty': rejecting('INTERCHANGE_STRUCTURE'),
  'contrl-35-repetition-syntax-4': rejecting('ELEMENT_REPEATED'),
  'contrl-38-no-digit-before-the-decimal-mark': rejecting('ELEMENT_DECIMAL'),
  'contrl-39-too-long': rejecting('ELEMENT_TOO_LONG'),
  'contrl-40-too-short': rejecting('ELEMENT_TOO_SHORT'),
  'contrl-45-trailing-separators': rejecting('TRAILING_SEPARATORS'),
  'contrl-46-character-set': rejecting('INTERCHANGE_HEADER_ELEMENT'),
  'contrl-48-dependency': rejecting('ELEMENT_RULE_BROKEN'),
};

/** What was found in a fixture, and what is answered to it. */
export interface AnsweredFixture {
  readonly findings: readonly Finding[];
  /** By the ending of its golden file; null for no answer. */
  readonly answers: Readonly<Record<string, string | null>>;
}

/** The names of all fixtures. */
export function fixtureNames(): readonly string[] {
  return readdirSync(FIXTURES)
    .filter((file) => /^[^.]+\.edi$/.test(file))
    .map((file) => file.slice(0, -'.edi'.length))
    .sort();
}

/** Names that say something was agreed about a fixture that is not there. */
export function strayNames(): readonly string[] {
  const names = fixtureNames();
  return Object.keys(AGREED).filter((name) => !names.includes(name));
}

/** Checks a fixture and answers it. {LONG} in one stands for more characters than a segment may have. */
export function answeredFixture(name: string): AnsweredFixture {
  const agreed = AGREED[name] ?? {};
  const text = readFileSync(join(FIXTURES, `${name}.edi`), 'latin1').replace('{LONG}', 'X'.repeat(70_000));
  const checked = checkedItems(text).map((one) => judged(one, agreed));
  const findings = checked.flatMap((one) => one.findings);
  const contrls = (agreed.contrl ?? [{ messages: 'all' }]).flatMap((options) => contrlsTo(checked, options));
  const x12 = answersToChecked(checked, agreed.x12);
  const x12As999 = answersToChecked(checked, { ...agreed.x12, type: '999' });
  const edifact = contrls.flatMap((contrl) => (contrl.possible ? [contrlText(contrl)] : []));
  const impossible = contrls.flatMap((contrl) => (contrl.possible ? [] : `${contrl.missing.join('\n')}\n`));
  const hasGroups = x12As999.some((answer) => answer.includes('ST*999'));
  return {
    findings,
    answers: {
      ack: textOf([...x12, ...edifact]),
      999: textOf(hasGroups ? x12As999 : []),
      impossible: impossible.length === 0 ? null : impossible.join(''),
    },
  };
}

function judged(checked: Checked, { severity = {}, fault }: Agreed): Checked {
  if (checked.kind !== 'interchange' || fault === undefined) {
    return { ...checked, findings: graded(checked.findings, severity) };
  }
  const findings = [...checked.findings, partyFinding(checked.interchange, fault)];
  return { ...checked, findings: graded(findings, severity) };
}

function textOf(answers: readonly Buffer[]): string | null {
  return answers.length === 0 ? null : Buffer.concat(answers).toString('latin1');
}
