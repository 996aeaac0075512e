import type { Command } from 'commander';
import { segmentTagsOf } from '../edi/dictionary/segment-tags.ts';
import type { Dictionary } from '../edi/dictionary/types.ts';
import { GatewayError } from '../errors.ts';
import { didYouMean } from '../util/suggest.ts';
import { dictionariesOf, settingsOf } from './context.ts';
import { listedReleases } from './dictionary-releases.ts';
import { type Done, EXIT } from './exit.ts';
import { printLine, table } from './output.ts';
import { elementJson, elementLines, segmentJson, segmentLines } from './segment-table.ts';
import { setJson, setTree } from './set-tree.ts';

export function addShow(dictionary: Command, done: Done): void {
  dictionary
    .command('show')
    .summary('a set, a segment or an element of a release')
    .description(
      'A set as a tree: the segments and loops, M mandatory or not, how often. A segment with its elements and syntax notes. An element with its codes. The sets of a release when nothing is named.',
    )
    .argument('<standard>', 'x12 or edifact')
    .argument('<release>', 'such as 004010 or D96A')
    .argument('[name]', 'such as 856 or DESADV, BSN or NAD, 640 or 3035')
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  crossdock dictionary show x12 004010 856\n  crossdock dictionary show edifact D96A NAD',
    )
    .action(
      async (
        standard: string,
        release: string,
        name: string | undefined,
        options: { json?: boolean },
        command: Command,
      ) => {
        const wanted = name?.toUpperCase();
        const tables = findTables(settingsOf(command).data, standard.toLowerCase(), releaseName(release), wanted);
        const shown = wanted === undefined ? allSets(tables) : find(tables, wanted);
        if (options.json === true) {
          await printLine(JSON.stringify({ standard: tables.standard, release: tables.release, ...shown.json }));
        } else for (const line of shown.lines) await printLine(line);
        done(EXIT.ok);
      },
    );
}

/** The UN writes `D.96A` where UNH says D and 96A. */
function releaseName(text: string): string {
  return text.toUpperCase().replace('.', '');
}

/** What is shown, for people and as JSON. */
interface Shown {
  readonly lines: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
}

/** The tables of a release; those that have the set of this name, where some have. */
function findTables(dataFolder: string, standard: string, release: string, name: string | undefined): Dictionary {
  if (standard !== 'x12' && standard !== 'edifact') {
    throw new GatewayError('NOT_FOUND', `"${standard}" is no standard. ${didYouMean(standard, ['x12', 'edifact'])}`);
  }
  const dictionaries = dictionariesOf(dataFolder);
  const found = [dictionaries.find(standard, release, name), dictionaries.find(standard, release)];
  const exact = found.find((one) => one?.exact === true);
  if (exact !== undefined) return exact.dictionary;
  const known = listedReleases(dataFolder).flatMap((one) => (one.standard === standard ? [one.release] : []));
  const remedy = `${didYouMean(release, known)} Other releases come with crossdock dictionary import-un and import.`;
  throw new GatewayError('NOT_FOUND', `there are no tables of ${standard} ${release}. ${remedy}`);
}

function allSets(tables: Dictionary): Shown {
  const sets = tables.sets.toSorted().map((type) => ({ type, group: tables.set(type)?.group ?? '' }));
  const rows = sets.map(({ type, group }) => [type, group]);
  return { lines: [`sets of ${tables.standard} ${tables.release}`, table(rows)], json: { sets } };
}

/** A set first: in X12 the numbers of some elements are those of sets too. */
function find(tables: Dictionary, name: string): Shown {
  const set = tables.set(name);
  if (set !== undefined) return { lines: setTree(set), json: setJson(set) };
  const segment = tables.segment(name);
  if (segment !== undefined) return { lines: segmentLines(tables, segment), json: segmentJson(segment) };
  const element = tables.element(name);
  if (element !== undefined) return { lines: elementLines(tables, element), json: elementJson(element) };
  const { standard, release, sets } = tables;
  const hint = didYouMean(name, [...sets, ...segmentTagsOf(tables)]);
  throw new GatewayError('NOT_FOUND', `${standard} ${release} has no table of "${name}". ${hint}`);
}
