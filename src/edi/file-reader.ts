import { Assembler } from './assemble.ts';
import { LF } from './bytes.ts';
import type { BreakReason, EdiReader, Interchange, ReadItem } from './envelope.ts';
import { gap, readGap } from './gap.ts';
import type { Scanner } from './scan-state.ts';
import { Source } from './source.ts';
import { type Header, headerSegments, type Syntax } from './syntax.ts';

/** Positions are 32-bit numbers: larger chunks are taken in parts. */
const LARGEST_PART = 256 * 1024 * 1024;

/** An item, or null when more bytes are needed. */
type Step = ReadItem | null;

/** The interchange that is being read. */
interface Open {
  readonly interchange: Interchange;
  readonly syntax: Syntax;
  readonly scanner: Scanner;
  readonly assembler: Assembler;
}

/**
 * A reader of the standards given: interchanges one after the other, each with its own delimiters, whatever lies between
 * them. Memory is bounded by the largest document. What `push` and `end` return is to be iterated to its end.
 */
export function createFileReader(syntaxes: readonly Syntax[]): EdiReader {
  const source = new Source(syntaxes);
  const steps = readFile(source);
  const waiting: Buffer[] = [];
  let closing = false;
  let finished = false;

  function finish(): void {
    if (!finished) source.close();
    finished = true;
  }

  function* drain(): Generator<ReadItem, void> {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return finish();
      if (step.value !== null) yield step.value;
      else if (!source.window.advance()) {
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

function* readFile(source: Source): Generator<Step, void> {
  const { window } = source;
  let end = 0;
  for (let ordinal = 0; ; ordinal++) {
    const syntax = yield* readGap(source, end);
    if (syntax === null) return;
    yield* source.want(syntax.headerView);
    const view = source.view(window.keep, syntax);
    const header = syntax.readHeader(view);
    if (header === 'truncated') {
      yield gap('truncated', source.here, source.end);
      return;
    }
    if (header === 'unreadable') {
      end = yield* readUnreadable(source, syntax.describeUnreadable(view, source.here, ordinal));
    } else {
      const segments = headerSegments(header, view, source.here);
      const interchange = syntax.describe(segments, source.here, ordinal, !header.regular);
      end = yield* readInterchange(source, syntax, interchange, header);
    }
  }
}

/** Items of one interchange; gives the position in the file after it. */
function* readInterchange(
  source: Source,
  syntax: Syntax,
  interchange: Interchange,
  header: Header,
): Generator<Step, number> {
  const { window } = source;
  yield { kind: 'interchange', interchange };
  window.keep += header.end;
  const scanner = syntax.scanner(source.table, header.delimiters, window.keep, source.begins);
  const { state } = scanner;
  const assembler = new Assembler(window, state, interchange, syntax);
  const open: Open = { interchange, syntax, scanner, assembler };
  for (;;) {
    const pause = scanner.run(window.bytes, window.length, source.ended);
    const overflow = yield* assembler.walk();
    if (overflow !== null) {
      window.keep = state.table.startOf(overflow.segment);
      return yield* giveUp(source, open, overflow.reason);
    }
    window.keep = state.oldest;
    switch (pause) {
      case 'window':
        break;
      case 'trailer':
        return assembler.end;
      case 'more':
        if (source.ended) return yield* cutOff(source, open);
        yield* more(source, scanner);
        break;
      case 'header':
        if ((yield* headerAt(source, scanner, () => state.position)) !== null) return yield* close(source, open);
        scanner.passOver();
        break;
      case 'intruder': {
        // A file that was cut off, and another behind it: read as one, the second would go under the name of the first.
        const other = yield* headerAt(source, scanner, () => state.intruder);
        if (other?.regular === true && other.confirmed) return yield* cutOff(source, open);
        scanner.passOver();
        break;
      }
      case 'segment-too-long':
      case 'too-many-elements':
        window.keep = state.partialStart ?? state.position;
        return yield* giveUp(source, open, pause);
    }
  }
}

/** The header at a position, if it can be read as one; the position moves while bytes are waited for. */
function* headerAt(source: Source, scanner: Scanner, position: () => number): Generator<null, Header | null> {
  const syntax = source.syntaxAt(position());
  if (syntax === null) return null;
  while (source.window.length - position() < syntax.headerView && !source.ended) yield* more(source, scanner);
  const header = syntax.readHeader(source.view(position(), syntax));
  return typeof header === 'object' ? header : null;
}

function* more(source: Source, { state }: Scanner): Generator<null, void> {
  const before = source.window.base;
  yield null;
  state.shift(source.window.base - before);
}

/** Another header comes before the trailer, or the file ends between two segments. */
function* close(source: Source, { interchange, scanner, assembler }: Open): Generator<Step, number> {
  yield* assembler.closeDocument();
  yield* assembler.closeGroup();
  source.window.keep = scanner.state.position;
  yield { kind: 'interchange-end', interchange, trailer: null, end: assembler.end };
  return assembler.end;
}

/** The segments end in the middle of one. A last line that is the whole trailer needs no line break; anything else is cut off. */
function* cutOff(source: Source, open: Open): Generator<Step, number> {
  const { window } = source;
  const { scanner, assembler } = open;
  const start = scanner.state.partialStart;
  if (start === null) return yield* close(source, open);
  if (source.ended && isTrailer(open, window.bytes.latin1Slice(start, window.length))) {
    scanner.state.completeAt(window.bytes, window.length);
    yield* assembler.walk();
    window.keep = window.length;
    return source.end;
  }
  window.keep = start;
  return yield* giveUp(source, open, 'truncated', scanner.inBinary ? window.length : start + 1);
}

/** Leaves an interchange unread from `keep` to the next header, which is looked for from `after` on, or to the end. */
function* giveUp(
  source: Source,
  { interchange, assembler }: Open,
  reason: BreakReason,
  after = source.window.keep + 1,
): Generator<Step, number> {
  yield* assembler.closeDocument();
  yield* skip(source, reason, after);
  yield* assembler.closeGroup();
  yield { kind: 'interchange-end', interchange, trailer: null, end: source.here };
  return source.here;
}

function* readUnreadable(source: Source, interchange: Interchange): Generator<Step, number> {
  yield { kind: 'interchange', interchange };
  yield* skip(source, 'header-unreadable', source.window.keep + 1);
  yield { kind: 'interchange-end', interchange, trailer: null, end: source.here };
  return source.here;
}

function* skip(source: Source, reason: BreakReason, after: number): Generator<Step, void> {
  const start = source.here;
  source.window.keep = after;
  yield* source.search();
  yield { kind: 'broken', reason, start, end: source.here };
}

function isTrailer({ interchange, syntax }: Open, line: string): boolean {
  const { element, segment } = interchange.delimiters;
  if (segment !== LF) return false;
  const parts = line.trimEnd().split(String.fromCharCode(element));
  return parts[0] === syntax.envelope.trailer && parts.length === 3 && parts[2] === interchange.controlNumber;
}
