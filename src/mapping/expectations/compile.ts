import type { Finding } from '../../edi/finding.ts';
import { partText } from '../../edi/part-text.ts';
import { type CompileContext, report } from '../compile-context.ts';
import type { Frame, ReadContext, TextPlace } from '../frame.ts';
import { FramePath, SegmentSearch } from '../locate.ts';
import { resolveValue } from '../resolve-value.ts';
import { type Block, enter, impossibleCode, isFault, rootBlock, stepsOut } from '../scope.ts';
import { placesIn } from '../value-places.ts';
import {
  codeFinding,
  countFinding,
  elementMissing,
  lengthFinding,
  patternFinding,
  segmentMissing,
  type Told,
} from './findings.ts';
import { hasPattern } from './patterns.ts';
import type { CountExpectation, ElementExpectation, Expectation } from './types.ts';

/** Notes what a document lacks of what the agreement demands. */
export type ExpectationCheck = (context: ReadContext, root: Frame, told: Told) => void;

/** Compiles expectations against the tables of the set; faults of references are problems. */
export function compileExpectations(
  expectations: readonly Expectation[],
  context: CompileContext,
): ExpectationCheck | null {
  const root = rootBlock(context.definition.root);
  const checks = expectations.flatMap((expectation): readonly ExpectationCheck[] => {
    const scope = scopeOf(expectation, root, context);
    if (scope === null) return [];
    const check =
      expectation.kind === 'element'
        ? elementCheck(expectation, scope.block, context)
        : countCheck(expectation, scope.block, context);
    if (check === null) return [];
    return [
      (readContext, frame, told) => {
        for (const found of scope.frames === null ? [frame] : scope.frames.all(readContext, frame))
          check(readContext, found, told);
      },
    ];
  });
  if (checks.length === 0) return null;
  return (readContext, frame, told) => {
    for (const check of checks) check(readContext, frame, told);
  };
}

function scopeOf(
  { each }: Expectation,
  root: Block,
  context: CompileContext,
): { readonly block: Block; readonly frames: FramePath | null } | null {
  if (each === null) return { block: root, frames: null };
  const path = enter(root, false, each.value.steps);
  if (isFault(path)) {
    report(context, each.at, path);
    return null;
  }
  return { block: path.at(-1) ?? root, frames: new FramePath(0, path) };
}

function elementCheck(expectation: ElementExpectation, block: Block, context: CompileContext): ExpectationCheck | null {
  const { reference, required, codes } = expectation;
  const resolved = resolveValue(block, reference.value, true);
  if (isFault(resolved)) {
    report(context, reference.at, resolved);
    return null;
  }
  const use = resolved.places[0]?.use;
  const impossible = (codes ?? [])
    .map((code) => impossibleCode(use, code, resolved.definition.tag))
    .find((fault) => fault !== null);
  if (impossible !== undefined && impossible !== null) {
    report(context, expectation.at, impossible);
    return null;
  }
  const search = new SegmentSearch(resolved);
  const home = new FramePath(resolved.outwards, resolved.tag === null ? resolved.path.slice(0, -1) : resolved.path);
  const placesOf = placesIn(resolved, Number.POSITIVE_INFINITY);
  const { tag } = resolved.definition;
  return (readContext, frame, told) => {
    const found = search.all(readContext, frame);
    if (required && found.length === 0) {
      const missing = segmentMissing(told, home.first(readContext, frame) ?? frame, expectation, tag);
      readContext.findings.push(missing);
    }
    for (const segment of found) {
      const places = placesOf(readContext, segment);
      const texts = places.map(({ element, component }) => partText(readContext.segments, segment, element, component));
      const [first] = resolved.places;
      if (required && texts.every((text) => text === '') && first !== undefined) {
        const place = places[0] ?? { element: first.position, component: first.component };
        readContext.findings.push(elementMissing(told, { segment, ...place }, expectation, use));
      }
      for (const [index, text] of texts.entries()) {
        const place = places[index];
        if (text !== '' && place !== undefined)
          checkText(readContext.findings, told, { segment, ...place }, text, expectation, use?.element.number);
      }
    }
  };
}

function checkText(
  findings: Finding[],
  told: Told,
  place: TextPlace,
  text: string,
  expectation: ElementExpectation,
  number: string | undefined,
): void {
  const { codes, length, pattern } = expectation;
  if (codes !== null && !codes.includes(text))
    findings.push(codeFinding(told, place, text, expectation, codes, number));
  if (length !== null && (text.length < length.least || text.length > length.most)) {
    findings.push(lengthFinding(told, place, text, expectation, length, number));
  }
  if (pattern !== null && !hasPattern(text, pattern))
    findings.push(patternFinding(told, place, text, expectation, pattern, number));
}

function countCheck(expectation: CountExpectation, block: Block, context: CompileContext): ExpectationCheck | null {
  const path = enter(block, expectation.of.value.fromTop, expectation.of.value.steps);
  if (isFault(path)) {
    report(context, expectation.of.at, path);
    return null;
  }
  const frames = new FramePath(stepsOut(block, path), path);
  const last = path.at(-1);
  const isLoop = last?.segment === null;
  const name = last?.segment?.tag ?? last?.loop.name ?? '';
  return (readContext, frame, told) => {
    const found = frames.all(readContext, frame);
    const { least, most } = expectation.count;
    if (found.length >= least && found.length <= most) return;
    const at = found.length > most ? (found[most]?.segment ?? frame.segment) : null;
    readContext.findings.push(countFinding(told, frame, expectation, { name, isLoop, count: found.length, at }));
  };
}
