import { CIPHERS, type Cipher, type Digest, KEY_TRANSPORTS } from '../cms/algorithms.ts';
import { type ConfigNode, entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Place, Problem } from '../util/problem.ts';
import type { As2Connection, CertificateFile } from './as2-types.ts';
import { choiceAt, durationAt, type Keys, mapWith, secretName, sizeAt, textAt, textsAt } from './fields.ts';
import { type FileReference, pathWithin } from './paths.ts';

export const AS2_KEYS: Keys = {
  required: ['url', 'sign', 'encrypt', 'mdn', 'certificates', 'key'],
  optional: [
    'keyTransport',
    'compress',
    'mdnSigned',
    'mdnTo',
    'mdnWithin',
    'mdnAllowed',
    'demand',
    'legacy',
    'encoding',
    'digestNames',
    'identifyBy',
    'algorithmProtection',
    'duplicates',
    'endedCertificates',
    'largest',
  ],
};

const SIGNATURES = ['no', 'sha256', 'sha384', 'sha512', 'sha1', 'sha256-pss', 'sha384-pss', 'sha512-pss'] as const;
const YES_NO = ['yes', 'no', 'true', 'false'] as const;
/** Some partners take a quarter of an hour as a rule. */
const DEFAULT_WITHIN = 3_600_000;
const DEFAULT_LARGEST = 250 * 1024 ** 2;

/** Reads an `as2:` connection; `files` gains the certificates it names. The names of both sides stand elsewhere in the file. */
export function parseAs2(id: string, map: MapNode, files: FileReference[], problems: Problem[]): As2Connection {
  const signature = choiceAt(map, 'sign', SIGNATURES, problems) ?? 'no';
  const cipher = choiceAt(map, 'encrypt', [...CIPHERS, 'no'] as const, problems) ?? 'no';
  const legacy = legacyAt(map, problems);
  checkWeak(map, 'sign', signature === 'sha1' ? 'sha1' : null, legacy, problems);
  checkWeak(map, 'encrypt', cipher === '3des' ? '3des' : null, legacy, problems);
  const sign = signatureOf(signature);
  const encrypt = encryptionOf(cipher, choiceAt(map, 'keyTransport', KEY_TRANSPORTS, problems) ?? 'pkcs1');
  return {
    kind: 'as2',
    id,
    theirs: '',
    ours: '',
    url: addressAt(map, 'url', problems) ?? '',
    sign,
    encrypt,
    compress: compressAt(map, problems),
    mdn: mdnAt(map, problems),
    mdnWithin: durationAt(map, 'mdnWithin', problems) ?? DEFAULT_WITHIN,
    demand: demandAt(map, { signed: sign !== null, encrypted: encrypt !== null }, problems),
    legacy,
    encoding: choiceAt(map, 'encoding', ['binary', 'base64'] as const, problems) ?? 'binary',
    digestNames: choiceAt(map, 'digestNames', ['dashed', 'plain'] as const, problems) ?? 'dashed',
    identifiedBy: choiceAt(map, 'identifyBy', ['issuer', 'key'] as const, problems) ?? 'issuer',
    algorithmProtection: yesAt(map, 'algorithmProtection', problems) ?? true,
    duplicates: choiceAt(map, 'duplicates', ['same-mdn', 'warning'] as const, problems) ?? 'same-mdn',
    endedCertificates: choiceAt(map, 'endedCertificates', ['refuse', 'take'] as const, problems) ?? 'refuse',
    mdnTargets: textsAt(map, 'mdnAllowed', problems).flatMap((text) => address(text.value, text.at, problems) ?? []),
    certificates: certificatesAt(map, files, problems),
    keys: textsAt(map, 'key', problems).flatMap((text) => secretName(text, 'key', problems) ?? []),
    largest: sizeAt(map, 'largest', problems) ?? DEFAULT_LARGEST,
  };
}

/** The connection with the names that the partner's file gives both sides; one that is missing is a problem. */
export function withAs2Names(connection: As2Connection, partner: MapNode, problems: Problem[]): As2Connection {
  const nameAt = (key: 'identifiers' | 'us'): string => {
    const identifiers = entryOf(partner, key)?.value;
    // What is wrong with the identifiers themselves was told where they were read.
    const [name] = identifiers?.kind === 'map' ? textsAt(identifiers, 'as2', []) : [];
    if (name !== undefined) return name.value;
    const what = `"${key}" has no as2 name, so that the connection "${connection.id}" cannot be used.`;
    problems.push(
      problem(identifiers?.at ?? partner.at, 'PARTNER_IDENTIFIER_MISSING', what, 'Add "as2:" with the AS2 name.'),
    );
    return '';
  };
  return { ...connection, theirs: nameAt('identifiers'), ours: nameAt('us') };
}

function signatureOf(signature: (typeof SIGNATURES)[number]): As2Connection['sign'] {
  if (signature === 'no') return null;
  const digests: Readonly<Record<typeof signature, Digest>> = {
    sha1: 'sha1',
    sha256: 'sha256',
    sha384: 'sha384',
    sha512: 'sha512',
    'sha256-pss': 'sha256',
    'sha384-pss': 'sha384',
    'sha512-pss': 'sha512',
  };
  return { digest: digests[signature], scheme: signature.endsWith('pss') ? 'pss' : 'pkcs1' };
}

function encryptionOf(cipher: Cipher | 'no', transport: (typeof KEY_TRANSPORTS)[number]): As2Connection['encrypt'] {
  return cipher === 'no' ? null : { cipher, transport };
}

function compressAt(map: MapNode, problems: Problem[]): As2Connection['compress'] {
  const choices = ['before-signing', 'after-signing', ...YES_NO] as const;
  const choice = choiceAt(map, 'compress', choices, problems);
  switch (choice) {
    case 'before-signing':
    case 'after-signing':
      return choice;
    case 'yes':
    case 'true':
      return 'before-signing';
    default:
      return 'none';
  }
}

function legacyAt(map: MapNode, problems: Problem[]): As2Connection['legacy'] {
  return textsAt(map, 'legacy', problems).flatMap(({ value, at }) => {
    if (value === 'sha1' || value === '3des') return [value];
    problems.push(problem(at, 'PARTNER_VALUE', `"${value}" is no value for "legacy".`, 'Use one of: sha1, 3des.'));
    return [];
  });
}

/** Weak algorithms are used only where somebody wrote that they are. */
function checkWeak(
  map: MapNode,
  key: string,
  weak: 'sha1' | '3des' | null,
  legacy: As2Connection['legacy'],
  problems: Problem[],
): void {
  if (weak === null || legacy.includes(weak)) return;
  const what = `${weak} is too weak for new agreements.`;
  const remedy = `Use sha256 and aes256-cbc; where the partner knows nothing better, add "legacy: ${weak}".`;
  problems.push(problem(entryOf(map, key)?.value.at ?? map.at, 'PARTNER_MESSAGES', what, remedy));
}

function mdnAt(map: MapNode, problems: Problem[]): As2Connection['mdn'] {
  const mode = choiceAt(map, 'mdn', ['sync', 'async', 'none'] as const, problems) ?? 'none';
  const url = addressAt(map, 'mdnTo', problems);
  if (mode === 'async' && entryOf(map, 'mdnTo') === undefined) {
    const remedy = 'Add "mdnTo:" with the address of our /as2 as the partner reaches it.';
    problems.push(problem(map.at, 'PARTNER_MESSAGES', 'An MDN that comes later needs an address.', remedy));
  }
  return { mode, signed: yesAt(map, 'mdnSigned', problems) ?? true, url };
}

function demandAt(map: MapNode, fallback: As2Connection['demand'], problems: Problem[]): As2Connection['demand'] {
  const entry = entryOf(map, 'demand');
  if (entry === undefined) return fallback;
  const demand = mapWith(entry.value, 'demand', { required: [], optional: ['signed', 'encrypted'] }, problems);
  if (demand === null) return fallback;
  return {
    signed: yesAt(demand, 'signed', problems) ?? fallback.signed,
    encrypted: yesAt(demand, 'encrypted', problems) ?? fallback.encrypted,
  };
}

function yesAt(map: MapNode, key: string, problems: Problem[]): boolean | null {
  const choice = choiceAt(map, key, YES_NO, problems);
  return choice === null ? null : choice === 'yes' || choice === 'true';
}

function addressAt(map: MapNode, key: string, problems: Problem[]): string | null {
  const text = textAt(map, key, problems);
  return text === null ? null : address(text.value, text.at, problems);
}

function address(value: string, at: Place, problems: Problem[]): string | null {
  const url = URL.parse(value);
  if (url !== null && /^https?:$/.test(url.protocol)) return value;
  const remedy = 'Write the address that the partner gave, as in https://edi.partner.example/as2.';
  problems.push(problem(at, 'PARTNER_MESSAGES', `"${value}" is no address.`, remedy));
  return null;
}

function certificatesAt(map: MapNode, files: FileReference[], problems: Problem[]): As2Connection['certificates'] {
  const entry = entryOf(map, 'certificates');
  const pair =
    entry === undefined
      ? null
      : mapWith(entry.value, 'certificates', { required: ['theirs', 'ours'], optional: [] }, problems);
  const list = (key: string): readonly CertificateFile[] => {
    const value = pair === null ? undefined : entryOf(pair, key)?.value;
    const items = value === undefined ? [] : value.kind === 'list' ? value.items : [value];
    return items.flatMap((item) => certificateFile(item, files, problems));
  };
  return { theirs: list('theirs'), ours: list('ours') };
}

/** `certs/acme.pem`, or `{ file: certs/new.pem, from: 2026-12-01 }`: used from that day on. */
function certificateFile(node: ConfigNode, files: FileReference[], problems: Problem[]): readonly CertificateFile[] {
  const map =
    node.kind === 'text' ? null : mapWith(node, 'certificate', { required: ['file'], optional: ['from'] }, problems);
  const text = node.kind === 'text' ? node : map === null ? null : textAt(map, 'file', problems);
  const file = text === null ? null : pathWithin(text, problems);
  if (file === null) return [];
  files.push(file);
  return [{ ...file, from: map === null ? null : dayAt(map, problems) }];
}

function dayAt(map: MapNode, problems: Problem[]): number | null {
  const text = textAt(map, 'from', problems);
  if (text === null) return null;
  const day = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}Z)?$/.test(text.value) ? Date.parse(text.value) : Number.NaN;
  if (!Number.isNaN(day)) return day;
  const remedy = 'Write the day, or day and time in UTC: 2026-12-01 or 2026-12-01T08:00Z.';
  problems.push(problem(text.at, 'PARTNER_MESSAGES', `"${text.value}" is no day.`, remedy));
  return null;
}
