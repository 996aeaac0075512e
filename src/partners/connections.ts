import { type ConfigNode, entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { AS2_KEYS, parseAs2 } from './as2-connection.ts';
import { type Keys, mapWith, pauseAt, textAt } from './fields.ts';
import { HTTP_KEYS, parseHttp } from './http-connection.ts';
import { dropFolder, type FileReference, pickUpOf } from './paths.ts';
import { POLL_KEYS, parsePoll } from './poll-connection.ts';
import { parseReady } from './ready.ts';
import { parseSftp, SFTP_KEYS } from './sftp-connection.ts';
import type { Connection, FolderConnection } from './types.ts';

const KEYS: Readonly<Record<Connection['kind'], Keys>> = {
  folder: { required: [], optional: ['pickUp', 'dropOff', 'every', 'ready'] },
  sftp: SFTP_KEYS,
  as2: AS2_KEYS,
  http: HTTP_KEYS,
  poll: POLL_KEYS,
};

const KINDS = ['folder', 'sftp', 'as2', 'http', 'poll'] as const;
const DEFAULT_EVERY = 60_000;
const EVERY = 'pause between two looks';

/** Reads the connections of a partner; `files` gains the files they name. */
export function parseConnections(node: ConfigNode, files: FileReference[], problems: Problem[]): readonly Connection[] {
  if (node.kind !== 'map') {
    problems.push(
      problem(
        node.at,
        'PARTNER_VALUE',
        '"connections" must be a map of names to connections.',
        'Write a name, such as "main:", and the connection under it.',
      ),
    );
    return [];
  }
  return node.entries
    .map((entry) => {
      if (!/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/.test(entry.key)) {
        problems.push(
          problem(
            entry.keyAt,
            'PARTNER_NAME',
            `"${entry.key}" is no name for a connection.`,
            'Use small letters, digits and hyphens.',
          ),
        );
      }
      return parseConnection(entry.key, entry.value, files, problems);
    })
    .filter((connection) => connection !== null);
}

function parseConnection(id: string, node: ConfigNode, files: FileReference[], problems: Problem[]): Connection | null {
  const [entry, second] = node.kind === 'map' ? node.entries : [];
  const kind = KINDS.find((candidate) => candidate === entry?.key);
  if (entry === undefined || kind === undefined || second !== undefined) {
    const [at, remedy] =
      entry !== undefined && kind === undefined
        ? [entry.keyAt, didYouMean(entry.key, KINDS)]
        : [second?.keyAt ?? node.at, `Write exactly one of ${KINDS.join(', ')} under it.`];
    problems.push(problem(at, 'PARTNER_CONNECTION', `The connection "${id}" does not say what kind it is.`, remedy));
    return null;
  }
  const map = mapWith(entry.value, kind, KEYS[kind], problems);
  if (map === null) return null;
  if (kind === 'folder') return parseFolder(id, map, problems);
  if (kind === 'sftp') return parseSftp(id, map, problems);
  if (kind === 'http') return parseHttp(id, map, problems);
  if (kind === 'as2') return parseAs2(id, map, files, problems);
  return parsePoll(id, map, pauseAt(map, 'every', EVERY, problems) ?? DEFAULT_EVERY, problems);
}

function parseFolder(id: string, map: MapNode, problems: Problem[]): FolderConnection {
  const pickUpText = textAt(map, 'pickUp', problems);
  const dropOffText = textAt(map, 'dropOff', problems);
  if (entryOf(map, 'pickUp') === undefined && entryOf(map, 'dropOff') === undefined) {
    problems.push(
      problem(map.at, 'PARTNER_KEY_MISSING', '"folder" has neither "pickUp" nor "dropOff".', 'Add one of them.'),
    );
  }
  const pickUp = pickUpText === null ? null : pickUpOf(pickUpText, problems);
  const dropOff = dropOffText === null ? null : dropFolder(dropOffText, problems);
  if (dropOffText !== null && pickUp !== null && pickUp.folder === dropOff) {
    problems.push(
      problem(
        dropOffText.at,
        'PARTNER_PATH',
        `"dropOff" is the folder of "pickUp", so what we send would come back to us.`,
        'Name two folders.',
      ),
    );
  }
  const every = pauseAt(map, 'every', EVERY, problems) ?? DEFAULT_EVERY;
  return { kind: 'folder', id, pickUp, dropOff, every, ready: parseReady(map, problems) };
}
