import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Dictionaries } from '../edi/dictionary/types.ts';
import {
  faultsOf,
  findingLine,
  goldenDifferences,
  goldenOf,
  lineDifferences,
  type TrialDifference,
} from '../mapping/trials/goldens.ts';
import { type ChooseMap, type DocumentReading, translateFile } from '../mapping/trials/translated-file.ts';
import type { CompiledMap } from '../mapping/types.ts';
import { render } from '../outbound/render.ts';
import { eventsIn } from './event-file.ts';
import { plainContext } from './plain-rendering.ts';

/** How one test ended. */
export interface TrialOutcome {
  /** What the test shows, from the name of its file: `an order cancelled`. */
  readonly name: string;
  readonly file: string;
  /** Empty when all is as its files say. */
  readonly differences: readonly TrialDifference[];
  /** What is wrong whatever its files say. */
  readonly faults: readonly string[];
  readonly readings: readonly DocumentReading[];
  /** Files that were written anew. */
  readonly updated: readonly string[];
}

/** What a test is run with. */
export interface TrialOptions {
  readonly dictionaries: Dictionaries;
  /** Writes what is expected anew from what comes out, in place of comparing. */
  readonly update: boolean;
}

const EVENTS_TO_WRITE = '.write.json';

/**
 * Runs the tests of a map's folder with one of its versions. A test of reading is `NAME.edi` with `NAME.json` (its events),
 * `NAME.findings.txt`, or both. A test of writing is `NAME.write.json` (events) with `NAME.write.edi` or
 * `NAME.write.findings.txt`.
 */
export function runMapTrials(folder: string, map: CompiledMap, options: TrialOptions): readonly TrialOutcome[] {
  const { standard, set } = map.document;
  const chosen = { map, partnerId: 'test-partner', timezone: null };
  const choose: ChooseMap = (document, interchange) =>
    interchange.standard === standard && document.type === set ? chosen : null;
  const documents = globSync(join(folder, 'tests', '*.edi')).filter((file) => !file.endsWith('.write.edi'));
  const events = globSync(join(folder, 'tests', `*${EVENTS_TO_WRITE}`));
  return [
    ...documents.sort().map((file) => runReadTrial(file, choose, options)),
    ...events.sort().map((file) => runWriteTrial(file, map, options)),
  ];
}

/** Reads a document and compares what it gave with the files beside it. */
export function runReadTrial(file: string, choose: ChooseMap, { dictionaries, update }: TrialOptions): TrialOutcome {
  const stem = file.slice(0, -'.edi'.length);
  const files = { events: `${stem}.json`, findings: `${stem}.findings.txt` };
  const translated = translateFile(readFileSync(file), dictionaries, choose);
  const actual = goldenOf(translated);
  const expected = { events: textOf(files.events), findings: textOf(files.findings) };
  const updated = update ? [...keep(files.events, actual.events), ...keep(files.findings, actual.findings)] : [];
  return {
    name: titleOf(stem),
    file,
    differences: update ? [] : goldenDifferences(expected, translated),
    faults: faultsOf(translated),
    readings: translated.readings,
    updated,
  };
}

/** Writes events as a document with a plain envelope, and compares it with the file beside them. */
function runWriteTrial(file: string, map: CompiledMap, { dictionaries, update }: TrialOptions): TrialOutcome {
  const stem = file.slice(0, -EVENTS_TO_WRITE.length);
  const files = { document: `${stem}.write.edi`, findings: `${stem}.write.findings.txt` };
  const { bytes, findings } = render(eventsIn(readFileSync(file, 'utf8'), file), plainContext(map, dictionaries));
  const document = bytes?.toString('latin1') ?? null;
  const told = findings.length === 0 ? null : findings.map(findingLine).join('');
  const updated = update ? [...keep(files.document, document), ...keep(files.findings, told)] : [];
  return {
    name: titleOf(stem),
    file,
    differences: update
      ? []
      : [
          ...lineDifferences('document', textOf(files.document), document),
          ...lineDifferences('findings', textOf(files.findings), told),
        ],
    faults: document === null && told === null ? ['the events gave neither a document nor findings'] : [],
    readings: [],
    updated,
  };
}

function titleOf(stem: string): string {
  return basename(stem).replaceAll('-', ' ');
}

function textOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, file.endsWith('.edi') ? 'latin1' : 'utf8') : null;
}

/** Makes a file hold this text, or none be there; the file when that was not so yet. */
function keep(file: string, text: string | null): readonly string[] {
  if (textOf(file) === text) return [];
  if (text === null) rmSync(file, { force: true });
  else writeFileSync(file, text, file.endsWith('.edi') ? 'latin1' : 'utf8');
  return [file];
}
