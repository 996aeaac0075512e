import type { Dictionary, ElementDefinition, ElementUse, SegmentDefinition, SyntaxNote } from '../dictionary/types.ts';
import { codeKey } from './value.ts';

/** An element in its place, made ready for checking. */
export interface ElementPlan {
  readonly element: ElementDefinition;
  readonly mandatory: boolean;
  readonly repeat: number;
  readonly components: readonly ElementPlan[];
  /** Of a composite: the components (from 0) that can name another code list than the standard's own for the others. */
  readonly listNames: readonly number[];
  /** Of EDIFACT's composite of a date, time or period: the components (from 0) with its value and its format. */
  readonly period: { readonly value: number; readonly format: number } | null;
  /** The codes as numbers, so that they are found without making text; null when one is longer than four bytes. */
  readonly codes: ReadonlySet<number> | null;
}

/** A syntax note and the lowest position it names. */
export interface NotePlan {
  readonly note: SyntaxNote;
  readonly lowest: number;
}

export interface SegmentPlan {
  readonly elements: readonly ElementPlan[];
  readonly notes: readonly NotePlan[];
  /** Position of the last element that must be there; 0 when none must. */
  readonly lastMandatory: number;
}

const plans = new WeakMap<SegmentDefinition, SegmentPlan>();

/** The plan of a segment, made on first use. */
export function segmentPlanOf(definition: SegmentDefinition): SegmentPlan {
  const known = plans.get(definition);
  if (known !== undefined) return known;
  const elements = definition.elements.map(elementPlan);
  const plan: SegmentPlan = {
    elements,
    lastMandatory: elements.findLastIndex(({ mandatory }) => mandatory) + 1,
    notes: definition.notes.map((note) => ({ note, lowest: Math.min(...note.positions) })),
  };
  plans.set(definition, plan);
  return plan;
}

/** The plans of a dictionary's segments by `tagKey`, made when first asked for. */
export interface SegmentPlans {
  get(key: number): SegmentPlan | undefined;
  /** Null for a tag that the dictionary does not have. */
  make(key: number, tag: string): SegmentPlan | null;
}

const dictionaryPlans = new WeakMap<Dictionary, SegmentPlans>();

/** Where the plans of a dictionary are kept. Tags it does not have are not remembered, so that nobody can fill it. */
export function segmentPlansOf(dictionary: Dictionary): SegmentPlans {
  const known = dictionaryPlans.get(dictionary);
  if (known !== undefined) return known;
  const byKey = new Map<number, SegmentPlan>();
  const made: SegmentPlans = {
    get: (key) => byKey.get(key),
    make(key, tag) {
      const definition = dictionary.segment(tag);
      if (definition === undefined) return null;
      const plan = segmentPlanOf(definition);
      byKey.set(key, plan);
      return plan;
    },
  };
  dictionaryPlans.set(dictionary, made);
  return made;
}

/** EDIFACT's elements that name the list a code is from, and the agency that keeps the list. */
const LIST_NAMES: ReadonlySet<string> = new Set(['1131', '3055']);

function elementPlan(use: ElementUse): ElementPlan {
  const { components } = use;
  return {
    element: use.element,
    mandatory: use.requirement === 'M',
    repeat: use.repeat,
    components: components.map(elementPlan),
    listNames: components.flatMap(({ element }, index) => (LIST_NAMES.has(element.number) ? [index] : [])),
    period: periodOf(use),
    codes: keysOf(use.element.codes),
  };
}

function periodOf({ components }: ElementUse): ElementPlan['period'] {
  const value = components.findIndex(({ element }) => element.number === '2380');
  const format = components.findIndex(({ element }) => element.number === '2379');
  return value < 0 || format < 0 ? null : { value, format };
}

function keysOf(codes: ReadonlySet<string> | undefined): ReadonlySet<number> | null {
  const texts = [...(codes ?? [])].map((code) => Buffer.from(code, 'latin1'));
  if (texts.some((text) => text.length > 4)) return null;
  return new Set(texts.map((text) => codeKey(text, 0, text.length)));
}
