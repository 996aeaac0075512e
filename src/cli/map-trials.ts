import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Dictionaries } from '../edi/dictionary/types.ts';
import { isTreeStandard, type MapStandard } from '../mapping/trees/standards.ts';
import {
  faultsOf,
  findingLine,
  goldenDifferences,
  goldenOf,
  lineDifferences,
  type TrialDifference,
} from '../mapping/trials/goldens.ts';
import {
  type ChooseMap,
  type DocumentReading,
  type TranslatedFile,
  translateFile,
  translateTreeFile,
} from '../mapping/trials/translated-file.ts';
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
const DOCUMENT_ENDING = /\.(?:edi|document\.(?:json|xml|csv))$/;

/** How the files of documents end in the folders of tests and samples; events lie beside them, so JSON must say what it is. */
function documentEnding(standard: MapStandard): string {
  return isTreeStandard(standard) ? `.document.${standard}` : '.edi';
}

function charsetOf(file: string): 'latin1' | 'utf8' {
  return file.endsWith('.edi') ? 'latin1' : 'utf8';
}

/**
 * Runs the tests of a map's folder with one of its versions. A test of reading is `NAME.edi` (`NAME.document.json`, `.xml`, `.csv`) with `NAME.json` (its events),
 * `NAME.findings.txt`, or both. A test of writing is `NAME.write.json` (events) with `NAME.write.edi` or
 * `NAME.write.findings.txt`.
 */
export function runMapTrials(folder: string, map: CompiledMap, options: TrialOptions): readonly TrialOutcome[] {
  const { standard, set } = map.document;
  const chosen = { map, partnerId: 'test-partner', timezone: null };
  const choose: ChooseMap = (document, interchange) =>
    interchange.standard === standard && document.type === set ? chosen : null;
  const ending = documentEnding(standard);
  const documents = globSync(join(folder, 'tests', `*${ending}`)).filter((file) => !file.endsWith(`.write${ending}`));
  const events = globSync(join(folder, 'tests', `*${EVENTS_TO_WRITE}`));
  const read = (file: string): TrialOutcome =>
    isTreeStandard(standard) ? runTreeTrial(file, chosen, options) : runReadTrial(file, choose, options);
  return [...documents.sort().map(read), ...events.sort().map((file) => runWriteTrial(file, map, options))];
}

/** Reads a document and compares what it gave with the files beside it. */
export function runReadTrial(file: string, choose: ChooseMap, { dictionaries, update }: TrialOptions): TrialOutcome {
  return readTrial(file, translateFile(readFileSync(file), dictionaries, choose), update);
}

/** The same for a document of JSON, XML or CSV. */
function runTreeTrial(
  file: string,
  chosen: NonNullable<ReturnType<ChooseMap>>,
  { update }: Pick<TrialOptions, 'update'>,
): TrialOutcome {
  return readTrial(file, translateTreeFile(readFileSync(file), chosen), update);
}

function readTrial(file: string, translated: TranslatedFile, update: boolean): TrialOutcome {
  const stem = file.replace(DOCUMENT_ENDING, '');
  const files = { events: `${stem}.json`, findings: `${stem}.findings.txt` };
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
  const files = {
    document: `${stem}.write${documentEnding(map.document.standard)}`,
    findings: `${stem}.write.findings.txt`,
  };
  const { bytes, findings } = render(eventsIn(readFileSync(file, 'utf8'), file), plainContext(map, dictionaries));
  const document = bytes?.toString(charsetOf(files.document)) ?? null;
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
  return existsSync(file) ? readFileSync(file, charsetOf(file)) : null;
}

/** Makes a file hold this text, or none be there; the file when that was not so yet. */
function keep(file: string, text: string | null): readonly string[] {
  if (textOf(file) === text) return [];
  if (text === null) rmSync(file, { force: true });
  else writeFileSync(file, text, charsetOf(file));
  return [file];
}
