import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dictionary, LoopNode, SegmentDefinition, SegmentNode } from '../../../src/edi/dictionary/types.ts';

/** Compares a dictionary with fact files of other projects: what a file says otherwise, as lines a person can look up. */

interface FactNode {
  readonly seg?: string;
  readonly loop?: string;
  readonly req?: string;
  readonly max?: number | string | null;
  readonly repeat?: number | string;
  readonly nodes?: readonly FactNode[];
}

interface SegmentFacts {
  readonly elements?: readonly (readonly [string, string, number])[];
  readonly syntax?: readonly string[];
}

type ElementFacts = readonly [string, number, number];

function readJson<Shape>(folder: string, file: string): Shape {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

/** Differences of one set file, if there is one: places we lack, requirement, maximum. */
export function compareSet(folder: string, dictionary: Dictionary, set: string, source: string): readonly string[] {
  const file = `sets/${dictionary.release}/${set}.${source}.json`;
  if (!existsSync(join(folder, file))) return [];
  const facts = readJson<{ readonly nodes: readonly FactNode[] }>(folder, file);
  const root = dictionary.set(set)?.root;
  if (root === undefined) return [`${set}: no table`];
  return compareNodes(`${set} ${source}`, '', facts.nodes, root);
}

function compareNodes(set: string, path: string, nodes: readonly FactNode[], loop: LoopNode): readonly string[] {
  const seen = new Map<string, number>();
  return nodes.flatMap((node) => {
    const tag = node.seg ?? node.nodes?.[0]?.seg ?? '';
    const isLoop = node.loop !== undefined;
    const key = `${path}${tag}${isLoop ? ' loop' : ''}`;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const ours = loop.children.filter((child) => nameOf(child) === tag && (child.kind === 'loop') === isLoop)[nth];
    if (ours === undefined) return [`${set}: ${key} is not in ours`];
    const differences: string[] = [];
    const theirMax = isLoop ? node.repeat : node.max;
    if (typeof theirMax === 'number' && theirMax !== ours.max) {
      differences.push(`${set}: ${key} max ${theirMax}, ours ${ours.max}`);
    }
    if (typeof theirMax === 'string' && theirMax === '>1' && Number.isFinite(ours.max)) {
      differences.push(`${set}: ${key} max ${theirMax}, ours ${ours.max}`);
    }
    const isTrigger = loop.children[0] === ours;
    if (!isLoop && !isTrigger && node.req !== ours.requirement) {
      differences.push(`${set}: ${key} ${node.req}, ours ${ours.requirement}`);
    }
    if (ours.kind === 'segment') return differences;
    return [...differences, ...compareNodes(set, `${path}${tag}/`, node.nodes ?? [], ours)];
  });
}

function nameOf(node: SegmentNode | LoopNode): string {
  return node.kind === 'loop' ? node.name : node.tag;
}

/** Differences of the segments of our sets: element numbers, requirement, syntax notes. */
export function compareSegments(folder: string, dictionary: Dictionary, source: string): readonly string[] {
  const file = readJson<{ readonly segments: Readonly<Record<string, SegmentFacts>> }>(
    folder,
    `segments/${dictionary.release}.${source}.json`,
  );
  return segmentsOf(dictionary).flatMap((definition) => {
    const facts = file.segments[definition.tag];
    if (facts?.elements === undefined || definition.elements.length === 0) return [];
    return compareSegment(source, definition, facts);
  });
}

function compareSegment(source: string, definition: SegmentDefinition, facts: SegmentFacts): readonly string[] {
  const at = `${definition.tag} ${source}`;
  const ours = definition.elements;
  const differences = (facts.elements ?? []).flatMap(([number, requirement], index) => {
    const place = String(index + 1).padStart(2, '0');
    const use = ours[index];
    if (use === undefined) return [`${at}: ${place} ${number} is not in ours`];
    if (use.element.number !== number) return [`${at}: ${place} ${number}, ours ${use.element.number}`];
    // A file without syntax notes cannot tell X from O.
    const theirs = facts.syntax === undefined && use.requirement === 'X' && requirement === 'O' ? 'X' : requirement;
    if (use.requirement !== theirs) return [`${at}: ${place} ${requirement}, ours ${use.requirement}`];
    return [];
  });
  if (facts.syntax === undefined) return differences;
  const noted = definition.notes.map(
    ({ kind, positions }) => kind + positions.map((position) => String(position).padStart(2, '0')).join(''),
  );
  const extra = facts.syntax.filter((note) => !noted.includes(note)).map((note) => `${at}: ${note} is not in ours`);
  const reach = (facts.elements ?? []).length;
  const lacking = noted
    .filter((note) => !facts.syntax?.includes(note) && Number(note.slice(-2)) <= reach)
    .map((note) => `${at}: ours has ${note}`);
  return [...differences, ...extra, ...lacking];
}

/** Differences of element types and lengths. */
export function compareElements(folder: string, dictionary: Dictionary, source: string): readonly string[] {
  const file = readJson<{ readonly elements: Readonly<Record<string, ElementFacts>> }>(
    folder,
    `elements/${dictionary.release}.${source}.json`,
  );
  return Object.entries(file.elements).flatMap(([number, [type, min, max]]) => {
    const ours = dictionary.element(number);
    if (ours === undefined) return [];
    const form = `${ours.type === 'N' ? `N${ours.decimals}` : ours.type} ${ours.min} ${ours.max}`;
    if (Array.isArray(type)) return [`${number} ${source}: says several things, ours ${form}`];
    const theirs = `${type} ${min} ${max}`;
    return form === theirs ? [] : [`${number} ${source}: ${theirs}, ours ${form}`];
  });
}

/** Every segment of every set, once. */
function segmentsOf(dictionary: Dictionary): readonly SegmentDefinition[] {
  const found = new Map<string, SegmentDefinition>();
  const waiting = dictionary.sets.flatMap((type) => dictionary.set(type)?.root ?? []);
  for (let loop = waiting.pop(); loop !== undefined; loop = waiting.pop()) {
    for (const child of loop.children) {
      if (child.kind === 'loop') waiting.push(child);
      else found.set(child.tag, child.definition);
    }
  }
  return [...found.values()];
}
