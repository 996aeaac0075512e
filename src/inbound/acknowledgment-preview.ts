import { acknowledgmentInterchange } from '../edi/acknowledge/acknowledgment-interchange.ts';
import { type Contrl, type ContrlOptions, createContrlAcknowledger } from '../edi/acknowledge/contrl.ts';
import { contrlInterchange } from '../edi/acknowledge/contrl-interchange.ts';
import { type AcknowledgeOptions, type Acknowledgment, createAcknowledger } from '../edi/acknowledge/index.ts';
import type { AcknowledgmentType } from '../edi/acknowledge/shape.ts';
import type { Checked } from '../edi/check/index.ts';
import { EDIFACT_DELIMITERS } from '../edi/edifact/plain.ts';
import { writeEdifactInterchange } from '../edi/edifact/write.ts';
import type { WriteResult } from '../edi/write-refusal.ts';
import { type WriteOptions, X12_DELIMITERS } from '../edi/x12/plain.ts';
import { writeInterchange } from '../edi/x12/write.ts';
import { GatewayError } from '../errors.ts';
import { agreedGroupAnswer, agreedMessageAnswer, isToldReceipt } from '../partners/answers.ts';
import type { TradingPartner } from '../partners/types.ts';

/**
 * What X12 is answered with; `receipt` leaves out what concerns groups and documents, also of EDIFACT. `agreed` is what the
 * partner's lines say, and a 997 where there is no partner.
 */
export type AcknowledgmentChoice = AcknowledgmentType | 'receipt' | 'agreed';

/** Shows what would be answered to a file: one interchange for each that is answered. */
export interface AcknowledgmentPreview {
  /** Takes what checking gave, in order. */
  take(checked: Checked): void;
  /** The interchanges made so far. */
  readonly bytes: Buffer;
  /** A sentence for each interchange that should be answered and cannot be. */
  readonly impossible: readonly string[];
}

const WRITING: WriteOptions = { delimiters: X12_DELIMITERS, lineBreak: '\n', encoding: 'latin1' };

/** `now` stands in the envelopes, in UTC. Control numbers are counted from 1, as nothing is sent. */
export function createAcknowledgmentPreview(
  choice: AcknowledgmentChoice,
  partner: TradingPartner | null,
  now: Date,
): AcknowledgmentPreview {
  const { delimiters } = WRITING;
  const agreeing = choice === 'agreed' ? partner : null;
  const acknowledger = createAcknowledger(x12Options(choice, agreeing));
  const contrlAcknowledgers = contrlOptions(choice, agreeing).map(createContrlAcknowledger);
  const instant = now.toISOString();
  const date = instant.slice(0, 10).replaceAll('-', '');
  const time = instant.slice(11, 16).replace(':', '');
  const written: Buffer[] = [];
  const impossible: string[] = [];
  let group = 1;

  const keep = (result: WriteResult): void => {
    if (!result.ok) throw new GatewayError('INTERNAL', result.refusals.map(({ text }) => text).join('\n'));
    written.push(result.bytes);
  };
  const x12 = (acknowledgment: Acknowledgment): void => {
    const ta1 = agreeing === null || isToldReceipt(agreeing) ? acknowledgment.ta1 : null;
    const told = { ...acknowledgment, ta1, groups: choice === 'receipt' ? [] : acknowledgment.groups };
    if (ta1 === null && told.groups.length === 0) return;
    const numbers = { interchange: written.length + 1, group, set: 1 };
    const interchange = acknowledgmentInterchange(told, { date, time, numbers, delimiters });
    group += interchange.groups.length;
    keep(writeInterchange(interchange, WRITING));
  };
  const edifact = (contrl: Contrl): void => {
    if (!contrl.possible) {
      impossible.push(impossibleText(contrl));
      return;
    }
    const interchange = contrlInterchange(contrl, {
      date,
      time,
      interchange: String(written.length + 1),
      message: '1',
    });
    keep(writeEdifactInterchange(interchange, { delimiters: EDIFACT_DELIMITERS, lineBreak: '\n' }));
  };
  return {
    take(checked) {
      const acknowledgment = acknowledger.take(checked);
      if (acknowledgment !== null) x12(acknowledgment);
      for (const contrlAcknowledger of contrlAcknowledgers) {
        const contrl = contrlAcknowledger.take(checked);
        if (contrl !== null) edifact(contrl);
      }
    },
    get bytes() {
      return Buffer.concat(written);
    },
    impossible,
  };
}

function x12Options(choice: AcknowledgmentChoice, partner: TradingPartner | null): AcknowledgeOptions {
  const base = { type: choice === '999' ? '999' : '997', documents: 'all', delimiters: WRITING.delimiters } as const;
  return partner === null ? base : { ...base, agreed: (type, release) => agreedGroupAnswer(partner, type, release) };
}

/** One for each CONTRL that an interchange may have; the receipt comes first. */
function contrlOptions(choice: AcknowledgmentChoice, partner: TradingPartner | null): readonly ContrlOptions[] {
  if (partner === null) return [{ kind: choice === 'receipt' ? 'receipt' : 'complete', messages: 'all' }];
  return (['receipt', 'complete'] as const).map((kind) => ({
    kind,
    messages: 'all',
    agreed: (type, release) => agreedMessageAnswer(partner, kind, type, release),
  }));
}

function impossibleText({ interchange, missing }: Extract<Contrl, { possible: false }>): string {
  const name = interchange.controlNumber === '' ? 'without a reference' : `"${interchange.controlNumber}"`;
  const what = missing.join(', ');
  return `No CONTRL can answer interchange ${name}: ${what} is missing or has a wrong form. Tell the partner in another way.`;
}
