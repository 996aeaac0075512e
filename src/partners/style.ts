import type { Delimiters } from '../edi/delimiters.ts';
import type { WriteCharset } from '../edi/encoder.ts';
import { delimitersRefusal } from '../edi/write-refusal.ts';
import type { MapStandard } from '../mapping/trees/standards.ts';
import { entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { choiceAt, mapWith, textAt } from './fields.ts';
import type { WritingStyle } from './types.ts';

const KEYS = { required: [], optional: ['delimiters', 'lines', 'charset', 'syntax', 'guide'] };
const LINES = { none: '', lf: '\n', crlf: '\r\n' } as const;
const X12_CHARSETS = ['iso-8859-1', 'utf-8', 'windows-1252'] as const;
const SYNTAXES = [
  'UNOA',
  'UNOB',
  'UNOC',
  'UNOD',
  'UNOE',
  'UNOF',
  'UNOG',
  'UNOH',
  'UNOI',
  'UNOJ',
  'UNOK',
  'UNOW',
  'UNOY',
] as const;

const PLAIN: WritingStyle = { delimiters: null, lineBreak: '', charset: null, syntax: null, guide: null };

/** Reads `style:` of a line: how its documents are written for this partner. */
export function parseStyle(line: MapNode, standard: MapStandard | null, problems: Problem[]): WritingStyle {
  const entry = entryOf(line, 'style');
  const style = entry === undefined ? null : mapWith(entry.value, 'style', KEYS, problems);
  if (style === null) return PLAIN;
  const lines = choiceAt(style, 'lines', ['none', 'lf', 'crlf'] as const, problems);
  const charsets: readonly WriteCharset[] =
    standard === 'edifact' ? [...X12_CHARSETS, 'level-a', 'level-b'] : X12_CHARSETS;
  return {
    delimiters: parseDelimiters(style, standard, problems),
    lineBreak: lines === null ? '' : LINES[lines],
    charset: choiceAt(style, 'charset', charsets, problems),
    syntax: choiceAt(style, 'syntax', SYNTAXES, problems),
    guide: textAt(style, 'guide', problems)?.value ?? null,
  };
}

/** `"*:^~"`: element, component, repetition and terminator; of EDIFACT the release character stands last: `"+:*'?"`. */
function parseDelimiters(style: MapNode, standard: MapStandard | null, problems: Problem[]): Delimiters | null {
  const text = textAt(style, 'delimiters', problems);
  if (text === null) return null;
  const length = standard === 'edifact' ? 5 : 4;
  const [element = 0, component = 0, repetition = 0, segment = 0, release = null] = Buffer.from(text.value, 'latin1');
  const delimiters: Delimiters = { element, component, repetition, segment, release };
  if (text.value.length === length && delimitersRefusal(delimiters, 'ISA') === null) return delimiters;
  const example = standard === 'edifact' ? '"+:*\'?"' : '"*:^~"';
  const what = `"${text.value}" cannot be the delimiters.`;
  const remedy = `Write ${length} signs that differ: element, component, repetition, terminator${length === 5 ? ' and release' : ''}, as in ${example}.`;
  problems.push(problem(text.at, 'PARTNER_STYLE', what, remedy));
  return null;
}
