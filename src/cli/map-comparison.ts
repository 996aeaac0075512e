import type { Dictionaries } from '../edi/dictionary/types.ts';
import type { RuleDifference, RuleSide } from '../mapping/map-difference.ts';
import { recognises } from '../mapping/trees/documents.ts';
import { type CauseOfChange, compareTranslations, type FileComparison } from '../mapping/trials/event-comparison.ts';
import type { FieldDifference } from '../mapping/trials/field-differences.ts';
import { type TranslatedFile, translateFile, translateTreeFile } from '../mapping/trials/translated-file.ts';
import type { CompiledMap } from '../mapping/types.ts';
import type { NamedBytes } from './edi-files.ts';

const MOST_SHOWN = 5;
const MOST_CHARACTERS = 120;

/** For whom documents are read. */
export interface ReadFor {
  readonly partnerId: string;
  readonly timezone: string | null;
}

const NOBODY: ReadFor = { partnerId: 'nobody', timezone: null };

/** What two versions of a map make of files; documents that they do not read are passed over. */
export function compareOn(
  files: readonly NamedBytes[],
  before: CompiledMap,
  after: CompiledMap,
  dictionaries: Dictionaries,
  reader: ReadFor = NOBODY,
): readonly FileComparison[] {
  return files.map(({ file, bytes }) =>
    compareTranslations(
      file,
      translatedBy(before, bytes, dictionaries, reader),
      translatedBy(after, bytes, dictionaries, reader),
    ),
  );
}

/** What a map makes of a file; documents that it does not read are passed over. */
export function translatedBy(
  map: CompiledMap,
  bytes: Buffer,
  dictionaries: Dictionaries,
  reader: ReadFor = NOBODY,
): TranslatedFile {
  const { standard, set } = map.document;
  const chosen = { map, ...reader };
  if (map.layout !== null) {
    return recognises(bytes, map) ? translateTreeFile(bytes, chosen) : { events: [], findings: [], readings: [] };
  }
  return translateFile(bytes, dictionaries, ({ type }, interchange) =>
    interchange.standard === standard && type === set ? chosen : null,
  );
}

/** Rules that differ, for people: what is filled, then both lines. */
export function ruleDifferenceLines(differences: readonly RuleDifference[]): readonly string[] {
  return differences.flatMap(({ name, before, after }) => {
    const what = before === null ? 'added' : after === null ? 'removed' : 'changed';
    return [`${what} ${name}`, ...sideLine('-', before), ...sideLine('+', after)];
  });
}

function sideLine(sign: string, side: RuleSide | null): readonly string[] {
  return side === null ? [] : [`  ${sign} ${side.at.file}:${side.at.line} ${side.text}`];
}

/** Changed fields under their causes, for people: how many, and the first ones. */
export function causeLines(causes: readonly CauseOfChange[]): readonly string[] {
  return causes.flatMap(({ cause, changes }) => {
    const hidden = changes.length - MOST_SHOWN;
    const what = cause === null ? 'by no rule of their own (derived fields)' : `by ${cause.name}`;
    return [
      `${changes.length} field${changes.length === 1 ? '' : 's'} changed ${what}`,
      ...changes.slice(0, MOST_SHOWN).map(({ file, difference }) => `  ${file}${changeText(difference)}`),
      ...(hidden > 0 ? [`  and ${hidden} more`] : []),
    ];
  });
}

/** Findings that only one version gives, for people. */
export function findingChangeLines(comparisons: readonly FileComparison[]): readonly string[] {
  return comparisons.flatMap(({ file, findings }) => [
    ...findings.before.map((line) => `${file} no longer gives ${line}`),
    ...findings.after.map((line) => `${file} gives ${line}`),
  ]);
}

function changeText({ pointer, before, after }: FieldDifference): string {
  const place = pointer === '' ? '' : ` events${pointer}`;
  return `${place}: ${shown(before)} became ${shown(after)}`;
}

function shown(value: FieldDifference['before']): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
