import { readAll } from '../../../src/edi/read.ts';
import type { Segments } from '../../../src/edi/segments.ts';
import { bytes } from './x12.ts';

/** Where each list of codes stands in an acknowledgment: tag, and elements from 1. */
const PLACES: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  TA104: { TA1: [4] },
  TA105: { TA1: [5] },
  AK901: { AK9: [1] },
  AK905: { AK9: [5, 6, 7, 8, 9] },
  AK501: { AK5: [1] },
  AK502: { AK5: [2, 3, 4, 5, 6] },
  AK304: { AK3: [4] },
  AK403: { AK4: [3] },
  IK502: { IK5: [2, 3, 4, 5, 6] },
  IK304: { IK3: [4] },
  IK403: { IK4: [3] },
  '0083': { UCI: [4], UCF: [4], UCM: [3] },
  '0085': { UCI: [5], UCF: [5], UCM: [4], UCS: [2], UCD: [1] },
};

/** The codes that an acknowledgment tells, each as list and code: `AK304 3`. */
export function codesIn(answer: string): readonly string[] {
  const documents: readonly Segments[] = readAll(bytes(answer)).flatMap((item) => {
    if (item.kind === 'interchange-acknowledgment') return [item.segments];
    return item.kind === 'document' ? [item.document.segments] : [];
  });
  return documents.flatMap((segments) =>
    Array.from({ length: segments.count }, (_, segment) => codesOf(segments, segment)).flat(),
  );
}

function codesOf(segments: Segments, segment: number): readonly string[] {
  return Object.entries(PLACES).flatMap(([list, places]) =>
    (places[segments.tag(segment)] ?? [])
      .map((element) => segments.text(segment, element))
      .filter((code) => code !== '')
      .map((code) => `${list} ${code}`),
  );
}
