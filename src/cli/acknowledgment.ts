import { acknowledgmentInterchange } from '../edi/acknowledge/acknowledgment-interchange.ts';
import { createAcknowledger } from '../edi/acknowledge/index.ts';
import type { AcknowledgmentType } from '../edi/acknowledge/shape.ts';
import type { Checked } from '../edi/check/index.ts';
import { type WriteOptions, X12_DELIMITERS } from '../edi/x12/plain.ts';
import { writeInterchange } from '../edi/x12/write.ts';
import { GatewayError } from '../errors.ts';

/** Shows what would be answered to a file: one interchange for each that is answered. */
export interface AcknowledgmentPreview {
  /** Takes what checking gave, in order. */
  take(checked: Checked): void;
  /** The interchanges made so far. */
  readonly bytes: Buffer;
}

const WRITING: WriteOptions = { delimiters: X12_DELIMITERS, lineBreak: '\n', encoding: 'latin1' };

/** `now` stands in the envelopes, in UTC. Control numbers are counted from 1, as nothing is sent. */
export function createAcknowledgmentPreview(type: AcknowledgmentType, now: Date): AcknowledgmentPreview {
  const acknowledger = createAcknowledger({ type, documents: 'all', delimiters: WRITING.delimiters });
  const instant = now.toISOString();
  const date = instant.slice(0, 10).replaceAll('-', '');
  const time = instant.slice(11, 16).replace(':', '');
  const written: Buffer[] = [];
  let group = 1;
  return {
    take(checked) {
      const acknowledgment = acknowledger.take(checked);
      if (acknowledgment === null) return;
      const numbers = { interchange: written.length + 1, group, set: 1 };
      const { delimiters } = WRITING;
      const interchange = acknowledgmentInterchange(acknowledgment, { date, time, numbers, delimiters });
      group += interchange.groups.length;
      const result = writeInterchange(interchange, WRITING);
      if (!result.ok) throw new GatewayError('INTERNAL', result.refusals.map(({ text }) => text).join('\n'));
      written.push(result.bytes);
    },
    get bytes() {
      return Buffer.concat(written);
    },
  };
}
