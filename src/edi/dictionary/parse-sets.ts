import type { Problem } from '../../util/problem.ts';
import type { Standard } from '../envelope.ts';
import { type Line, tableProblem, type Word } from './lines.ts';
import type { LoopNode, Requirement, SegmentDefinition, SegmentNode, SetDefinition } from './types.ts';

interface OpenLoop {
  readonly name: string;
  readonly requirement: Requirement;
  readonly max: number;
  readonly children: (SegmentNode | LoopNode)[];
  readonly hierarchical: boolean;
}

/** Loops within loops, so that nobody who walks a set runs out of stack. */
const MAX_DEPTH = 64;

/**
 * Sets as indented trees, two blanks a level:
 *
 *     856 SH                              the set, and its GS01 (none in EDIFACT)
 *       ST M 1                            tag, M or O, how often (`>1`: no limit is stated)
 *       loop HL M 200000 hierarchical     a loop, named by its trigger, which it holds without being said
 *         LIN O 1
 */
export function parseSets(
  standard: Standard,
  release: string,
  lines: readonly Line[],
  segments: ReadonlyMap<string, SegmentDefinition>,
  problems: Problem[],
): ReadonlyMap<string, SetDefinition> {
  const sets = new Map<string, SetDefinition>();
  /** The loops that are open, outermost first. */
  let open: OpenLoop[] = [];
  for (const line of lines) {
    const depth = line.indent / 2;
    if (depth === 0) {
      const root: OpenLoop = { name: '', requirement: 'M', max: 1, children: [], hierarchical: false };
      open = [root];
      addSet(standard, release, line, root, sets, problems);
    } else if (!Number.isInteger(depth) || depth > open.length) {
      problems.push(tableProblem(line.first, 'The indentation fits no open loop.', 'Use two blanks for each level.'));
    } else if (depth > MAX_DEPTH) {
      problems.push(tableProblem(line.first, `Loops lie more than ${MAX_DEPTH} levels deep.`, 'Nest them less.'));
    } else {
      open.length = depth;
      const parent = open[depth - 1];
      const node = nodeOf(line, depth === 1, segments, problems);
      if (node === null || parent === undefined) continue;
      parent.children.push(node);
      if (node.kind === 'loop') open.push(node);
    }
  }
  for (const [type, set] of sets) if (!hasTrigger(set.root)) problems.push(noTrigger(type, lines));
  return sets;
}

function addSet(
  standard: Standard,
  release: string,
  line: Line,
  root: OpenLoop,
  sets: Map<string, SetDefinition>,
  problems: Problem[],
): void {
  const type = line.first.text;
  if (sets.has(type)) problems.push(tableProblem(line.first, `Set ${type} stands twice.`, 'Keep one.'));
  const name = standard === 'x12' ? 'ST' : 'UNH';
  const tree: LoopNode = { kind: 'loop', ...root, name };
  sets.set(type, { standard, type, release, group: line.rest[0]?.text ?? '', root: tree });
}

function nodeOf(
  line: Line,
  outermost: boolean,
  segments: ReadonlyMap<string, SegmentDefinition>,
  problems: Problem[],
): SegmentNode | (LoopNode & OpenLoop) | null {
  const isLoop = line.first.text === 'loop';
  const words = isLoop ? line.rest : [line.first, ...line.rest];
  const [tag, requirementWord, maxWord, flag] = words;
  const requirement = requirementOf(requirementWord?.text);
  const max = maxOf(maxWord?.text);
  const extra = flag === undefined ? undefined : isLoop && flag.text === 'hierarchical' ? words[4] : flag;
  if (tag === undefined || requirement === null || max === null || extra !== undefined) {
    const remedy = 'Write it like "REF O 12", "loop N1 O 200" or "loop HL M 200000 hierarchical".';
    problems.push(tableProblem(extra ?? line.first, 'The line is no segment and no loop.', remedy));
    return null;
  }
  const definition = definitionOf(tag, segments, problems);
  if (definition === null) return null;
  if (!isLoop) return { kind: 'segment', tag: tag.text, requirement, max, definition };
  const trigger: SegmentNode = { kind: 'segment', tag: tag.text, requirement: 'M', max: 1, definition };
  // The consignment packing sequence of EDIFACT names its parent like an HL, and no directory says so.
  const hierarchical = flag !== undefined || (outermost && tag.text === 'CPS');
  return { kind: 'loop', name: tag.text, requirement, max, children: [trigger], hierarchical };
}

function definitionOf(
  tag: Word,
  segments: ReadonlyMap<string, SegmentDefinition>,
  problems: Problem[],
): SegmentDefinition | null {
  const definition = segments.get(tag.text);
  if (definition !== undefined) return definition;
  problems.push(tableProblem(tag, `Segment ${tag.text} is not described.`, 'Add a segment line, if only its tag.'));
  return null;
}

function requirementOf(text: string | undefined): Requirement | null {
  if (text === 'M') return 'M';
  return text === 'O' || text === 'C' ? 'O' : null;
}

function maxOf(text: string | undefined): number | null {
  if (text === '>1') return Number.POSITIVE_INFINITY;
  return text !== undefined && /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : null;
}

function hasTrigger(root: LoopNode): boolean {
  const first = root.children[0];
  return first?.kind === 'segment' && first.tag === root.name && first.requirement === 'M' && first.max === 1;
}

function noTrigger(type: string, lines: readonly Line[]): Problem {
  const word = lines.find((line) => line.indent === 0 && line.first.text === type)?.first;
  const at: Word = word ?? { text: type, at: { file: '', line: 1, column: 1 } };
  return tableProblem(at, `Set ${type} does not begin with its header.`, 'Let ST M 1 or UNH M 1 stand first.');
}
