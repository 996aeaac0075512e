import type { FunctionalGroup } from '../envelope.ts';

/** The acknowledgment of a functional group: 997, or 999 as the implementation guides ask for it. */
export type AcknowledgmentType = '997' | '999';

/** How one group is acknowledged. */
export interface Shape {
  readonly type: AcknowledgmentType;
  /** GS08 of the acknowledgment. */
  readonly version: string;
  /** From 005010 on AK1 names the version, AK2 the guide, AK4 the repetition, and there are more codes. */
  readonly detailed: boolean;
  /** Tags of the notes on a segment and on an element, and of the verdict on a document. */
  readonly tags: { readonly segment: string; readonly element: string; readonly verdict: string };
}

const FIRST_DETAILED = '005010';
/** The guide that defines the 999. */
const VERSION_999 = '005010X231A1';
/** Where GS08 says no release. */
const OLDEST_KNOWN = '004010';

/** A 997 answers in the release of the group, unless the partner wants one release for all. */
export function shapeOf(type: AcknowledgmentType, wanted: string | undefined, group: FunctionalGroup): Shape {
  switch (type) {
    case '997': {
      const version = wanted ?? /^\d{6}/.exec(group.version)?.[0] ?? OLDEST_KNOWN;
      const tags = { segment: 'AK3', element: 'AK4', verdict: 'AK5' };
      return { type, version, detailed: version >= FIRST_DETAILED, tags };
    }
    case '999': {
      const tags = { segment: 'IK3', element: 'IK4', verdict: 'IK5' };
      return { type, version: wanted ?? VERSION_999, detailed: true, tags };
    }
  }
}
