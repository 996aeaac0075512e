import type { BreakReason, EdiReader, Interchange, ReadItem } from '../envelope.ts';
import { Assembler } from './assemble.ts';
import { LF } from './bytes.ts';
import { gap, readGap } from './gap.ts';
import { interchangeOf, unreadableInterchange } from './interchange.ts';
import { ISA_VIEW, type Isa, readIsa } from './isa.ts';
import { X12_LIMITS, type X12Limits } from './limits.ts';
import { Scanner } from './scan.ts';
import { Source } from './source.ts';

/** Positions are 32-bit numbers: larger chunks are taken in parts. */
const LARGEST_PART = 256 * 1024 * 1024;

/** An item, or null when more bytes are needed. */
type Step = ReadItem | null;

/**
 * A reader of X12: interchanges one after the other, each with its own delimiters, whatever lies between them. Memory is
 * bounded by the largest transaction set. What `push` and `end` return is to be iterated to its end.
 */
export function createX12Reader(options: Partial<X12Limits> = {}): EdiReader {
  const source = new Source();
  const steps = readFile(source, { ...X12_LIMITS, ...options });
  const waiting: Buffer[] = [];
  let closing = false;

  function* drain(): Generator<ReadItem, void> {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return;
      if (step.value !== null) yield step.value;
      else {
        const chunk = waiting.shift();
        if (chunk !== undefined) source.window.append(chunk);
        else if (closing && !source.ended) source.ended = true;
        else return;
      }
    }
  }

  return {
    push(chunk) {
      for (let at = 0; at < chunk.length; at += LARGEST_PART) waiting.push(chunk.subarray(at, at + LARGEST_PART));
      return drain();
    },
    end() {
      closing = true;
      return drain();
    },
  };
}

function* readFile(source: Source, limits: X12Limits): Generator<Step, void> {
  const { window } = source;
  let end = 0;
  for (let ordinal = 0; yield* readGap(source, end); ordinal++) {
    yield* source.want(ISA_VIEW);
    const view = source.view(window.keep);
    const isa = readIsa(view);
    if (isa === 'truncated') {
      yield gap('truncated', source.here, source.end);
      return;
    }
    if (isa === 'unreadable') end = yield* readUnreadable(source, unreadableInterchange(view, source.here, ordinal));
    else end = yield* readInterchange(source, limits, interchangeOf(isa, view, source.here, ordinal), isa);
  }
}

/** Items of one interchange; gives the position in the file after it. */
function* readInterchange(source: Source, limits: X12Limits, header: Interchange, isa: Isa): Generator<Step, number> {
  const { window } = source;
  yield { kind: 'interchange', interchange: header };
  window.keep += isa.end;
  const scanner = new Scanner(source.table, isa.delimiters, window.keep, limits);
  const assembler = new Assembler(window, scanner, header, limits);
  for (;;) {
    const pause = scanner.run(window.bytes, window.length, source.ended);
    const overflow = yield* assembler.walk();
    if (overflow !== null) {
      window.keep = scanner.table.startOf(overflow.segment);
      return yield* giveUp(source, header, assembler, overflow.reason);
    }
    window.keep = scanner.oldest;
    switch (pause) {
      case 'window':
        break;
      case 'trailer':
        return assembler.end;
      case 'more':
        if (source.ended) return yield* cutOff(source, header, scanner, assembler);
        yield* more(source, scanner);
        break;
      case 'header':
        if ((yield* isaAt(source, scanner, () => scanner.position)) !== null) {
          return yield* close(source, header, scanner, assembler);
        }
        scanner.passOver();
        break;
      case 'intruder': {
        // A file that was cut off, and another behind it: read as one, the second would go under the name of the first.
        const other = yield* isaAt(source, scanner, () => scanner.intruder);
        if (other?.regular === true && other.confirmed) return yield* cutOff(source, header, scanner, assembler);
        scanner.passOver();
        break;
      }
      case 'segment-too-long':
      case 'too-many-elements':
        window.keep = scanner.partialStart ?? scanner.position;
        return yield* giveUp(source, header, assembler, pause);
    }
  }
}

/** The ISA at a position, if it can be read as one; the position moves while bytes are waited for. */
function* isaAt(source: Source, scanner: Scanner, position: () => number): Generator<null, Isa | null> {
  while (source.window.length - position() < ISA_VIEW && !source.ended) yield* more(source, scanner);
  const isa = readIsa(source.view(position()));
  return typeof isa === 'object' ? isa : null;
}

function* more(source: Source, scanner: Scanner): Generator<null, void> {
  const before = source.window.base;
  yield null;
  scanner.shift(source.window.base - before);
}

/** An ISA comes before the IEA, or the file ends between two segments. */
function* close(source: Source, header: Interchange, scanner: Scanner, assembler: Assembler): Generator<Step, number> {
  yield* assembler.closeDocument();
  yield* assembler.closeGroup();
  source.window.keep = scanner.position;
  yield { kind: 'interchange-end', interchange: header, trailer: null, end: assembler.end };
  return assembler.end;
}

/** The segments end in the middle of one. A last line that is the whole IEA needs no line break; anything else is cut off. */
function* cutOff(source: Source, header: Interchange, scanner: Scanner, assembler: Assembler): Generator<Step, number> {
  const { window } = source;
  const start = scanner.partialStart;
  if (start === null) return yield* close(source, header, scanner, assembler);
  if (
    source.ended &&
    header.delimiters.segment === LF &&
    isTrailer(header, window.bytes.latin1Slice(start, window.length))
  ) {
    scanner.completeAt(window.bytes, window.length);
    yield* assembler.walk();
    window.keep = window.length;
    return source.end;
  }
  window.keep = start;
  return yield* giveUp(source, header, assembler, 'truncated', scanner.inBinary ? window.length : start + 1);
}

/** Leaves an interchange unread from `keep` to the next ISA, which is looked for from `after` on, or to the end. */
function* giveUp(
  source: Source,
  header: Interchange,
  assembler: Assembler,
  reason: BreakReason,
  after = source.window.keep + 1,
): Generator<Step, number> {
  yield* assembler.closeDocument();
  yield* skip(source, reason, after);
  yield* assembler.closeGroup();
  yield { kind: 'interchange-end', interchange: header, trailer: null, end: source.here };
  return source.here;
}

function* readUnreadable(source: Source, header: Interchange): Generator<Step, number> {
  yield { kind: 'interchange', interchange: header };
  yield* skip(source, 'header-unreadable', source.window.keep + 1);
  yield { kind: 'interchange-end', interchange: header, trailer: null, end: source.here };
  return source.here;
}

function* skip(source: Source, reason: BreakReason, after: number): Generator<Step, void> {
  const start = source.here;
  source.window.keep = after;
  yield* source.search();
  yield { kind: 'broken', reason, start, end: source.here };
}

function isTrailer(header: Interchange, line: string): boolean {
  const parts = line.trimEnd().split(String.fromCharCode(header.delimiters.element));
  return parts[0] === 'IEA' && parts.length === 3 && parts[2] === header.controlNumber;
}
