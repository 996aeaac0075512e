import type { Dictionary, ElementDefinition, ElementUse, SegmentDefinition, SyntaxNote } from '../dictionary/types.ts';
import { NumberTable } from '../number-table.ts';
import { type ElementForm, formOf } from './sound.ts';

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
  readonly form: ElementForm;
  /** True where it has neither components nor repetitions. */
  readonly single: boolean;
}

/** Positions up to here are bits of a number. */
export const MOST_BITS = 31;

/** A syntax note, and the positions it names as bits: of all of them, and of the first. Both 0 where one is above 31. */
export interface NotePlan {
  readonly note: SyntaxNote;
  readonly all: number;
  readonly first: number;
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
    notes: definition.notes.map((note) => ({
      note,
      all: bitsOf(note.positions),
      first: bitsOf(note.positions.slice(0, 1)),
    })),
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
  const numbers = new NumberTable();
  const byNumber: SegmentPlan[] = [];
  const made: SegmentPlans = {
    get: (key) => byNumber[numbers.get(key)],
    make(key, tag) {
      const definition = dictionary.segment(tag);
      if (definition === undefined) return null;
      const plan = segmentPlanOf(definition);
      numbers.set(key, byNumber.push(plan) - 1);
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
    form: formOf(use.element),
    single: components.length === 0 && use.repeat === 1,
  };
}

/** Positions as bits; 0 where one is too high for that. */
function bitsOf(positions: readonly number[]): number {
  if (positions.some((position) => position > MOST_BITS)) return 0;
  return positions.reduce((bits, position) => bits | (1 << position), 0);
}

function periodOf({ components }: ElementUse): ElementPlan['period'] {
  const value = components.findIndex(({ element }) => element.number === '2380');
  const format = components.findIndex(({ element }) => element.number === '2379');
  return value < 0 || format < 0 ? null : { value, format };
}
