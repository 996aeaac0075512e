import { entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { durationAt, type Keys, mapWith, secretAt, sizeAt, textAt } from './fields.ts';
import type { Paging, PollConnection, PollLogin } from './types.ts';

export const POLL_KEYS: Keys = {
  required: ['url', 'every'],
  optional: ['token', 'login', 'headers', 'items', 'id', 'since', 'paging', 'rate', 'largest'],
};

const DEFAULT_LARGEST = 20 * 1024 ** 2;
/** Requests from one to the next where the connection names no rate: milliseconds. */
const DEFAULT_PAUSE = 100;
const PERIODS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Reads a `poll:` connection; `every` are the milliseconds between two looks. */
export function parsePoll(id: string, map: MapNode, every: number, problems: Problem[]): PollConnection {
  const url = urlAt(map, 'url', problems);
  const since = sinceAt(map, problems);
  if (since !== null && url !== null && !url.includes('{since}')) {
    const what = '"since" has no place in the address.';
    problems.push(problem(map.at, 'PARTNER_POLL', what, 'Write {since} into "url", as in ?updatedSince={since}.'));
  }
  return {
    kind: 'poll',
    id,
    url: url ?? '',
    every,
    login: loginAt(map, problems),
    headers: headersAt(map, problems),
    items: pathAt(map, 'items', problems),
    itemId: pathAt(map, 'id', problems),
    since,
    paging: pagingAt(map, problems),
    pause: pauseAt(map, problems),
    largest: sizeAt(map, 'largest', problems) ?? DEFAULT_LARGEST,
  };
}

function urlAt(map: MapNode, key: string, problems: Problem[]): string | null {
  const text = textAt(map, key, problems);
  if (text === null) return null;
  const url = URL.parse(text.value.replaceAll('{since}', '0'));
  const [hole] = /\{[^}]*\}?/.exec(text.value.replaceAll('{since}', '')) ?? [];
  if (url !== null && /^https?:$/.test(url.protocol) && hole === undefined) return text.value;
  const what = hole === undefined ? `"${text.value}" is no address.` : `"${hole}" is nothing that is filled in.`;
  problems.push(problem(text.at, 'PARTNER_POLL', what, 'Write https://…; only {since} is filled in.'));
  return null;
}

function pathAt(map: MapNode, key: string, problems: Problem[]): string | null {
  const text = textAt(map, key, problems);
  if (text === null) return null;
  if (/^[^/\s]+(\/[^/\s]+)*$/.test(text.value)) return text.value;
  const remedy = 'Write names from the outside in, as in data/shipments.';
  problems.push(problem(text.at, 'PARTNER_POLL', `"${text.value}" is no path of names.`, remedy));
  return null;
}

function sinceAt(map: MapNode, problems: Problem[]): PollConnection['since'] {
  const entry = entryOf(map, 'since');
  if (entry === undefined) return null;
  const since = mapWith(entry.value, 'since', { required: ['at', 'start'], optional: ['overlap'] }, problems);
  const path = since === null ? null : pathAt(since, 'at', problems);
  const start = since === null ? null : textAt(since, 'start', problems);
  const overlap = since === null ? null : durationAt(since, 'overlap', problems);
  return path === null || start === null ? null : { path, start: start.value, overlap: overlap ?? 0 };
}

const LOGINS = ['bearer', 'header', 'basic', 'oauth2'] as const;

function loginAt(map: MapNode, problems: Problem[]): PollLogin {
  const token = secretAt(map, 'token', problems);
  if (token !== null) return { by: 'bearer', secret: token };
  const entry = entryOf(map, 'login');
  if (entry === undefined) return { by: 'none' };
  const node = entry.value;
  const [first, second] = node.kind === 'map' ? node.entries : [];
  const by = LOGINS.find((candidate) => candidate === first?.key);
  if (node.kind !== 'map' || first === undefined || by === undefined || second !== undefined) {
    const at = first !== undefined && by === undefined ? first.keyAt : node.at;
    const remedy =
      first !== undefined && by === undefined ? didYouMean(first.key, LOGINS) : `Write one of ${LOGINS.join(', ')}.`;
    problems.push(problem(at, 'PARTNER_POLL', '"login" does not say how we prove who we are.', remedy));
    return { by: 'none' };
  }
  if (by === 'bearer') return { by, secret: secretAt(node, 'bearer', problems) ?? '' };
  const keys: Readonly<Record<Exclude<typeof by, 'bearer'>, Keys>> = {
    header: { required: ['name', 'value'], optional: [] },
    basic: { required: ['user', 'password'], optional: [] },
    oauth2: { required: ['tokenUrl', 'client', 'clientSecret'], optional: ['scope'] },
  };
  const inner = mapWith(first.value, by, keys[by], problems);
  if (inner === null) return { by: 'none' };
  const text = (key: string): string => textAt(inner, key, problems)?.value ?? '';
  switch (by) {
    case 'header':
      return { by, header: headerName(inner, problems), secret: secretAt(inner, 'value', problems) ?? '' };
    case 'basic':
      return { by, user: text('user'), secret: secretAt(inner, 'password', problems) ?? '' };
    case 'oauth2': {
      const scope = textAt(inner, 'scope', problems)?.value ?? null;
      const tokenUrl = urlAt(inner, 'tokenUrl', problems) ?? '';
      return { by, tokenUrl, client: text('client'), secret: secretAt(inner, 'clientSecret', problems) ?? '', scope };
    }
  }
}

const HEADER = /^[A-Za-z0-9-]{1,64}$/;

function headerName(map: MapNode, problems: Problem[]): string {
  const text = textAt(map, 'name', problems);
  if (text === null || HEADER.test(text.value)) return text?.value ?? '';
  problems.push(
    problem(text.at, 'PARTNER_POLL', `"${text.value}" is no name of a header.`, 'Write it as in X-Api-Key.'),
  );
  return '';
}

function headersAt(map: MapNode, problems: Problem[]): Readonly<Record<string, string>> {
  const entry = entryOf(map, 'headers');
  if (entry === undefined) return {};
  if (entry.value.kind !== 'map') {
    problems.push(
      problem(entry.value.at, 'PARTNER_VALUE', '"headers" must be a map.', 'Write { Accept-Language: en }.'),
    );
    return {};
  }
  const node = entry.value;
  return Object.fromEntries(
    node.entries.flatMap(({ key, keyAt }) => {
      const value = textAt(node, key, problems)?.value;
      if (HEADER.test(key) && value !== undefined && /^[\x20-\x7e]*$/.test(value)) return [[key.toLowerCase(), value]];
      problems.push(
        problem(keyAt, 'PARTNER_POLL', `"${key}" is no header.`, 'Use letters, digits and hyphens, and ASCII values.'),
      );
      return [];
    }),
  );
}

function pagingAt(map: MapNode, problems: Problem[]): Paging {
  const entry = entryOf(map, 'paging');
  if (entry === undefined) return { by: 'none' };
  const keys: Keys = { required: [], optional: ['cursor', 'as', 'page', 'from', 'link'] };
  const paging = mapWith(entry.value, 'paging', keys, problems);
  if (paging === null) return { by: 'none' };
  const cursor = pathAt(paging, 'cursor', problems);
  const parameter = textAt(paging, 'as', problems)?.value;
  const page = textAt(paging, 'page', problems)?.value;
  const from = textAt(paging, 'from', problems)?.value ?? '1';
  const link = textAt(paging, 'link', problems)?.value;
  if (cursor !== null && parameter !== undefined) return { by: 'cursor', path: cursor, parameter };
  if (page !== undefined && /^[0-9]{1,9}$/.test(from)) return { by: 'page', parameter: page, first: Number(from) };
  if (link !== undefined) return { by: 'link', path: link === 'header' ? null : link };
  const remedy =
    'Write { cursor: meta/next, as: cursor }, { page: page, from: 1 }, { link: header } or { link: links/next }.';
  problems.push(problem(entry.value.at, 'PARTNER_POLL', '"paging" does not say how pages follow each other.', remedy));
  return { by: 'none' };
}

/** `60/m`: sixty requests a minute at most. */
function pauseAt(map: MapNode, problems: Problem[]): number {
  const text = textAt(map, 'rate', problems);
  if (text === null) return DEFAULT_PAUSE;
  const [, count, unit] = /^([1-9][0-9]{0,4})\/([smh])$/.exec(text.value) ?? [];
  const period = PERIODS[unit ?? ''];
  if (count !== undefined && period !== undefined) return period / Number(count);
  problems.push(
    problem(text.at, 'PARTNER_POLL', `"${text.value}" is no rate.`, 'Write requests a second, minute or hour: 60/m.'),
  );
  return DEFAULT_PAUSE;
}
