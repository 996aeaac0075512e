import { EDIFACT_DELIMITERS } from '../edi/edifact/plain.ts';
import { writeEdifactInterchange } from '../edi/edifact/write.ts';
import type { PlainSegment } from '../edi/plain-segment.ts';
import type { WriteResult } from '../edi/write-refusal.ts';
import { X12_DELIMITERS } from '../edi/x12/plain.ts';
import { writeInterchange } from '../edi/x12/write.ts';
import type { SegmentDocument } from '../mapping/types.ts';
import type { WrittenDocument } from '../mapping/writing/types.ts';
import type { WritingStyle } from '../partners/types.ts';

/** What the envelope says of documents for one partner, whatever they are. */
export interface Envelope {
  /** `qualifier/id` of both sides, as partner files keep them. */
  readonly sender: string;
  readonly receiver: string;
  readonly test: boolean;
  /** CCYYMMDD and HHMM. */
  readonly date: string;
  readonly time: string;
  readonly numbers: { readonly interchange: number; readonly group: number; readonly document: number };
  readonly style: WritingStyle;
}

/** Documents of one type in one envelope. */
interface Shipment extends Envelope, SegmentDocument {
  readonly documents: readonly (readonly PlainSegment[])[];
}

/**
 * Puts documents that a map wrote into an interchange of their standard, in the partner's style; refused where a value cannot
 * be written.
 */
export function writeEnvelope(
  document: SegmentDocument,
  written: readonly WrittenDocument[],
  envelope: Envelope,
): WriteResult {
  const shipment = { ...envelope, ...document, documents: written.map(({ segments }) => segments) };
  return shipment.standard === 'x12' ? writeX12(shipment) : writeEdifact(shipment);
}

function writeX12(shipment: Shipment): WriteResult {
  const { set: type, release, group: code, numbers, style, date, time, test } = shipment;
  const [sender, receiver] = [partyOf(shipment.sender), partyOf(shipment.receiver)];
  const implementation = style.guide === null || release < '005010' ? {} : { implementation: style.guide };
  const sets = shipment.documents.map((segments, index) => ({
    type,
    controlNumber: String(numbers.document + index).padStart(4, '0'),
    ...implementation,
    segments,
  }));
  const group = {
    code,
    sender: sender.id,
    receiver: receiver.id,
    controlNumber: String(numbers.group),
    version: style.guide ?? release,
    sets,
  };
  const envelope = {
    sender,
    receiver,
    date,
    time,
    controlNumber: String(numbers.interchange),
    acknowledge: '0',
  } as const;
  return writeInterchange(
    { ...envelope, version: release.slice(0, 5), usage: test ? 'T' : 'P', acknowledgments: [], groups: [group] },
    {
      delimiters: style.delimiters ?? X12_DELIMITERS,
      lineBreak: style.lineBreak,
      encoding: style.charset === 'utf-8' ? 'utf8' : style.charset === 'windows-1252' ? 'windows-1252' : 'latin1',
    },
  );
}

function writeEdifact(shipment: Shipment): WriteResult {
  const { set, release, numbers, style, date, time, test } = shipment;
  const identifier = [set, release.slice(0, 1), release.slice(1), 'UN', ...(style.guide === null ? [] : [style.guide])];
  const messages = shipment.documents.map((segments, index) => ({
    reference: String(numbers.document + index),
    identifier,
    segments,
  }));
  const [sender, receiver] = [shipment.sender, shipment.receiver].map((text) => {
    const { qualifier, id } = partyOf(text);
    return qualifier === '' ? [id] : [id, qualifier];
  });
  const reference = String(numbers.interchange);
  return writeEdifactInterchange(
    {
      syntax: [style.syntax ?? 'UNOC', '3'],
      sender: sender ?? [],
      receiver: receiver ?? [],
      date,
      time,
      reference,
      test,
      groups: [],
      messages,
    },
    {
      delimiters: style.delimiters ?? EDIFACT_DELIMITERS,
      lineBreak: style.lineBreak,
      ...(style.charset === null ? {} : { charset: style.charset }),
    },
  );
}

function partyOf(text: string): { readonly qualifier: string; readonly id: string } {
  const slash = text.indexOf('/');
  return { qualifier: text.slice(0, Math.max(0, slash)), id: text.slice(slash + 1) };
}
