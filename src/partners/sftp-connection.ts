import { entryOf, type MapNode, problem, type TextNode } from '../util/config-tree.ts';
import { cronFault } from '../util/cron.ts';
import type { Problem } from '../util/problem.ts';
import { choiceAt, type Keys, mapWith, numberAt, pauseAt, secretAt, sizeAt, textAt, textsAt } from './fields.ts';
import { dropFolder, pickUpOf } from './paths.ts';
import { parseReady } from './ready.ts';
import type { QuietTime, SftpConnection, SftpDropOff, SftpLogin, SftpPickUp, SftpServer } from './sftp-types.ts';

const SERVER_KEYS = ['port', 'key', 'passphrase', 'password', 'login', 'legacy', 'timeout'];
const PICK_UP_KEYS = [
  'include',
  'exclude',
  'depth',
  'sort',
  'most',
  'largest',
  'every',
  'cron',
  'quiet',
  'ready',
  'claim',
  'after',
  'failed',
];
const DROP_OFF_KEYS = ['temporary', 'done', 'exists', 'permissions'];

export const SFTP_KEYS: Keys = {
  required: ['host', 'user', 'hostKeys'],
  optional: [...SERVER_KEYS, 'pickUp', ...PICK_UP_KEYS, 'dropOff', ...DROP_OFF_KEYS],
};

const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45})$/;
const FINGERPRINT = /^SHA256:([A-Za-z0-9+/]{43})=?$/;
const ENDING = /^[^/*?\0]{1,32}$/;
const LOGINS = ['key', 'password', 'keyboard-interactive'] as const;
const GB = 1024 ** 3;

/** Reads an `sftp:` connection. */
export function parseSftp(id: string, map: MapNode, problems: Problem[]): SftpConnection {
  const server = parseServer(map, problems);
  const pickUp = parsePickUp(map, problems);
  const dropOff = parseDropOff(map, problems);
  if (entryOf(map, 'pickUp') === undefined && entryOf(map, 'dropOff') === undefined) {
    problems.push(
      problem(map.at, 'PARTNER_KEY_MISSING', '"sftp" has neither "pickUp" nor "dropOff".', 'Add one of them.'),
    );
  }
  const dropOffAt = entryOf(map, 'dropOff')?.value.at;
  if (dropOffAt !== undefined && pickUp !== null && pickUp.folder === dropOff?.folder) {
    const what = '"dropOff" is the folder of "pickUp", so what we send would come back to us.';
    problems.push(problem(dropOffAt, 'PARTNER_PATH', what, 'Name two folders.'));
  }
  return { kind: 'sftp', id, server, pickUp, dropOff };
}

function parseServer(map: MapNode, problems: Problem[]): SftpServer {
  const host = textAt(map, 'host', problems);
  if (host !== null && !HOST.test(host.value)) {
    const remedy = 'Write a name such as sftp.acme.example, or an address; the port stands under "port".';
    problems.push(problem(host.at, 'PARTNER_VALUE', `"${host.value}" is no host.`, remedy));
  }
  return {
    host: host?.value ?? '',
    port: numberAt(map, 'port', 1, 65_535, problems) ?? 22,
    user: textAt(map, 'user', problems)?.value ?? '',
    hostKeys: textsAt(map, 'hostKeys', problems).flatMap((text) => fingerprintOf(text, problems)),
    key: secretAt(map, 'key', problems),
    passphrase: secretAt(map, 'passphrase', problems),
    password: secretAt(map, 'password', problems),
    login: parseLogin(map, problems),
    legacy: choiceAt(map, 'legacy', ['true', 'false'] as const, problems) === 'true',
    timeout: pauseAt(map, 'timeout', 'time to wait for the server', problems) ?? 30_000,
  };
}

function fingerprintOf(text: TextNode, problems: Problem[]): readonly string[] {
  const [, fingerprint] = FINGERPRINT.exec(text.value) ?? [];
  if (fingerprint !== undefined) return [fingerprint];
  const what = `"${text.value}" is no fingerprint of a host key.`;
  const remedy =
    'Ask the partner for the SHA-256 fingerprint of the server; "ssh-keygen -lf" shows it as SHA256: and 43 characters.';
  problems.push(problem(text.at, 'PARTNER_HOST_KEY', what, remedy));
  return [];
}

/** There must be a way to log in, and what each way needs. */
function parseLogin(map: MapNode, problems: Problem[]): readonly SftpLogin[] {
  const has = (key: string): boolean => entryOf(map, key) !== undefined;
  if (!has('key') && !has('password')) {
    problems.push(
      problem(map.at, 'PARTNER_KEY_MISSING', '"sftp" has neither "key" nor "password".', 'Add "key: secret:<name>".'),
    );
  }
  const passphrase = entryOf(map, 'passphrase');
  if (passphrase !== undefined && !has('key')) {
    const what = '"passphrase" opens a key, and there is none.';
    problems.push(problem(passphrase.keyAt, 'PARTNER_KEY_MISSING', what, 'Add "key: secret:<name>", or remove it.'));
  }
  const login = textsAt(map, 'login', problems).flatMap((text): readonly SftpLogin[] => {
    const way = LOGINS.find((candidate) => candidate === text.value);
    const needs = way === 'key' ? 'key' : 'password';
    if (way !== undefined && has(needs)) return [way];
    const [what, remedy] =
      way === undefined
        ? [`"${text.value}" is no way to log in.`, `Use one or more of: ${LOGINS.join(', ')}.`]
        : [`To log in by ${way}, "${needs}" is needed.`, `Add "${needs}: secret:<name>".`];
    problems.push(problem(text.at, 'PARTNER_VALUE', what, remedy));
    return [];
  });
  if (has('login')) return login;
  return [...(has('key') ? (['key'] as const) : []), ...(has('password') ? (['password'] as const) : [])];
}

function parsePickUp(map: MapNode, problems: Problem[]): SftpPickUp | null {
  const every = pauseAt(map, 'every', 'pause between two looks', problems) ?? 60_000;
  const ready = parseReady(map, problems);
  const quiet = textsAt(map, 'quiet', problems).flatMap((text) => quietOf(text, problems));
  const cron = parseCron(map, problems);
  const include = textsAt(map, 'include', problems).flatMap((text) => patternOf(text, problems));
  const exclude = textsAt(map, 'exclude', problems).flatMap((text) => patternOf(text, problems));
  const after = parseAfter(map, problems);
  const failed = textAt(map, 'failed', problems);
  const options = {
    exclude,
    depth: numberAt(map, 'depth', 0, 16, problems) ?? 0,
    sort: choiceAt(map, 'sort', ['oldest', 'name', 'smallest'] as const, problems) ?? 'oldest',
    most: numberAt(map, 'most', 1, 100_000, problems) ?? 10_000,
    largest: sizeAt(map, 'largest', problems) ?? GB,
    every,
    cron,
    quiet,
    ready,
    claim: choiceAt(map, 'claim', ['rename', 'lease'] as const, problems) ?? 'rename',
    after,
    failed: failed === null ? null : dropFolder(failed, problems),
  };
  const text = textAt(map, 'pickUp', problems);
  if (text === null) {
    for (const key of PICK_UP_KEYS) useless(map, key, 'pickUp', problems);
    return null;
  }
  const place = pickUpOf(text, problems);
  return place === null ? null : { ...options, folder: place.folder, include: [place.pattern, ...include] };
}

function parseDropOff(map: MapNode, problems: Problem[]): SftpDropOff | null {
  const temporary = textAt(map, 'temporary', problems);
  const done = textAt(map, 'done', problems);
  for (const text of [temporary, done]) {
    if (text === null || ENDING.test(text.value) || (text === temporary && text.value.includes('/'))) continue;
    const what = `"${text.value}" is no ending of a file name.`;
    problems.push(problem(text.at, 'PARTNER_VALUE', what, 'Write the ending as it is, such as .done.'));
  }
  const permissions = textAt(map, 'permissions', problems);
  if (permissions !== null && !/^0?[0-7]{3}$/.test(permissions.value)) {
    const what = `"${permissions.value}" are no permissions.`;
    problems.push(problem(permissions.at, 'PARTNER_VALUE', what, 'Write them as chmod does: 0640.'));
  }
  const exists = choiceAt(map, 'exists', ['refuse', 'replace', 'rename'] as const, problems) ?? 'refuse';
  const text = textAt(map, 'dropOff', problems);
  if (text === null) {
    for (const key of DROP_OFF_KEYS) useless(map, key, 'dropOff', problems);
    return null;
  }
  const folder = dropFolder(text, problems);
  if (folder === null) return null;
  return {
    folder,
    temporary: temporaryOf(temporary, problems),
    done: done?.value ?? null,
    exists,
    permissions: permissions === null ? null : Number.parseInt(permissions.value, 8),
  };
}

function temporaryOf(text: TextNode | null, problems: Problem[]): SftpDropOff['temporary'] {
  if (text === null) return { ending: '.writing' };
  if (!text.value.includes('/')) return { ending: text.value };
  return { folder: dropFolder(text, problems) ?? '' };
}

function parseAfter(map: MapNode, problems: Problem[]): SftpPickUp['after'] {
  const entry = entryOf(map, 'after');
  if (entry?.value.kind !== 'map') {
    return { do: choiceAt(map, 'after', ['delete', 'leave'] as const, problems) ?? 'delete' };
  }
  const after = mapWith(entry.value, 'after', { required: ['move'], optional: [] }, problems);
  const to = after === null ? null : textAt(after, 'move', problems);
  const folder = to === null ? null : dropFolder(to, problems);
  return folder === null ? { do: 'delete' } : { do: 'move', to: folder };
}

function parseCron(map: MapNode, problems: Problem[]): string | null {
  const text = textAt(map, 'cron', problems);
  const fault = text === null ? null : cronFault(text.value);
  if (text === null || fault === null) return text?.value ?? null;
  const remedy = 'Write minute, hour, day, month and weekday, such as "*/15 6-20 * * 1-5".';
  problems.push(problem(text.at, 'PARTNER_CRON', `"${text.value}" is no cron pattern: ${fault}.`, remedy));
  return null;
}

function quietOf(text: TextNode, problems: Problem[]): readonly QuietTime[] {
  const match = /^([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])$/.exec(text.value);
  const [, fromHour, fromMinute, toHour, toMinute] = (match ?? []).map(Number);
  const from = (fromHour ?? 0) * 60 + (fromMinute ?? 0);
  const to = (toHour ?? 0) * 60 + (toMinute ?? 0);
  if (match !== null && from !== to) return [{ from, to }];
  const what = `"${text.value}" is no time of the day.`;
  problems.push(problem(text.at, 'PARTNER_VALUE', what, 'Write its begin and end, such as "22:00-05:30".'));
  return [];
}

function patternOf(text: TextNode, problems: Problem[]): readonly string[] {
  if (!/[/[\]{}]/.test(text.value)) return [text.value];
  const what = `"${text.value}" is no pattern of file names.`;
  problems.push(problem(text.at, 'PARTNER_PATTERN', what, 'Write a name with * and ?, such as *.edi.'));
  return [];
}

function useless(map: MapNode, key: string, without: string, problems: Problem[]): void {
  const entry = entryOf(map, key);
  if (entry === undefined) return;
  const what = `"${key}" says nothing without "${without}".`;
  problems.push(problem(entry.keyAt, 'PARTNER_KEY_MISSING', what, `Add "${without}", or remove it.`));
}
