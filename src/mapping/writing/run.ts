import type { LoopNode } from '../../edi/dictionary/types.ts';
import type { Finding } from '../../edi/finding.ts';
import type { Json, JsonObject } from '../../events/types.ts';
import type { WriteFrame } from './frames.ts';

/** Writing one event into a draft. */
export interface WriteRun {
  readonly findings: Finding[];
  /** Fields of the event that no rule writes. */
  readonly unsaid: string[];
  /** The local time at a place of the event, by the pointer to it; undefined where a clock put back would make it another. */
  local(moment: string, place: string | null): string | undefined;
  /** The same writing, inside an entry of a list, where pointers to places may start. */
  within(entry: JsonObject): WriteRun;
  /** What is done when all values are in their places: constants, and rules that only have to agree. */
  readonly later: (() => void)[];
  /** Counts and sums of blocks, inner ones first: what is done last, when the whole document is there. */
  readonly totals: (() => void)[];
  /** The entry of `per` that is being written, innermost last. */
  readonly lines: LineGroup[];
}

/** An entry of a list with `per`. */
export interface LineGroup {
  /** What to say in each loop of that kind that is opened meanwhile. */
  readonly loop: LoopNode;
  readonly open: (frame: WriteFrame) => void;
  /** True for a block that reading would not give to this entry, because none of the entry's lines is in it. */
  readonly isLost: (frame: WriteFrame) => boolean;
}

/** Writes one field of an event. `pointer` is its JSON Pointer. */
export type FieldWriter = (run: WriteRun, frame: WriteFrame, value: Json, pointer: string) => void;
