import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { messageOf } from '../errors.ts';
import { problem } from '../util/config-tree.ts';
import { type Problem, sortProblems } from '../util/problem.ts';
import { crossCheck } from './cross-check.ts';
import { type ParsedPartner, parsePartner } from './parse.ts';
import type { InboundAgreement, OutboundAgreement, TradingPartner } from './types.ts';

/**
 * Reads every `<folder>/<id>/partner.yaml`. All problems of all files come at once, sorted by place; a partner with a
 * problem of its own is left out, so `partners` is complete only while `problems` is empty. Never throws for the content
 * of the folder.
 */
export function loadPartners(folder: string): {
  readonly partners: readonly TradingPartner[];
  /** Every line that could be read, also of partners left out, with the partner's folder. */
  readonly agreements: readonly { readonly folder: string; readonly agreement: InboundAgreement | OutboundAgreement }[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const parsed = partnerFolders(folder, problems).map((path) => readPartner(path, problems));
  const read = parsed.filter((partner) => partner !== null);
  for (const { problems: own } of read) problems.push(...own);
  problems.push(...crossCheck(read));
  return {
    partners: read.map(({ partner }) => partner).filter((partner) => partner !== null),
    agreements: read.flatMap(({ id, inbound, outbound }) =>
      [...inbound, ...outbound].map((agreement) => ({ folder: join(folder, id), agreement })),
    ),
    problems: sortProblems(problems),
  };
}

function partnerFolders(folder: string, problems: Problem[]): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith('.') && !entry.isFile())
      .map((entry) => join(folder, entry.name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory())
      .sort();
  } catch (error) {
    const remedy = 'Make the folder, or name another with "partners" in crossdock.yaml or CROSSDOCK_PARTNERS.';
    const what = `The folder of the partners cannot be read: ${messageOf(error)}.`;
    problems.push(problem({ file: folder, line: 1, column: 1 }, 'PARTNER_UNREADABLE', what, remedy));
    return [];
  }
}

function readPartner(folder: string, problems: Problem[]): ParsedPartner | null {
  const file = join(folder, 'partner.yaml');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const what = `The file of the partner cannot be read: ${messageOf(error)}.`;
    const remedy = 'Add the file, or move the folder out of the partners.';
    problems.push(problem({ file, line: 1, column: 1 }, 'PARTNER_UNREADABLE', what, remedy));
    return null;
  }
  const parsed = parsePartner({ id: basename(folder), folder, file, text });
  for (const { path, at } of parsed.files) {
    if (statSync(join(folder, path), { throwIfNoEntry: false })?.isFile()) continue;
    const what = `There is no file "${path}" in the partner's folder.`;
    problems.push(problem(at, 'PARTNER_FILE_MISSING', what, 'Add the file, or mend its name.'));
  }
  return parsed;
}
