import assert from 'node:assert/strict';
import { parsePartner } from '../../src/partners/parse.ts';

const GOOD = `partner: acme
name: Acme
timezone: America/Chicago
identifiers: { x12: ZZ/ACME }
us: { x12: ZZ/US }
connections:
  main: { folder: { pickUp: drop/out/*.edi, dropOff: drop/in, every: 1s, ready: stable } }
inbound:
  - { document: 945, release: 004010, map: x12/945@1.0.0, acknowledge: 997 }
outbound:
  - { document: 940, on: logistics.warehouse-order.released.v1, map: x12/940@1.0.0, via: main, expect: 997 within 4h, retry: 30s..1h for 24h }
`;
const FOLDER = 'folder: { pickUp: drop/out/*.edi, dropOff: drop/in, every: 1s, ready: stable }';
const LINE = '{ document: 945, release: 004010, map: x12/945@1.0.0, acknowledge: 997 }';
const HOST_KEY = 'SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s';

/** [what is planted, the text it replaces, the text planted, what the check must say first] */
const MISTAKES: readonly (readonly [string, string, string, string])[] = [
  ['nothing at all', GOOD, '', '1:1 PARTNER_EMPTY'],
  ['a list at the top', GOOD, '- acme', '1:1 PARTNER_VALUE'],
  ['a bracket that never closes', 'name: Acme', 'name: [', '3:1 YAML_SYNTAX'],
  ['a key twice', 'name: Acme', 'name: Acme\nname: Acme', '3:1 YAML_SYNTAX'],
  ['an unknown key', 'timezone:', 'timezon:', '1:1 PARTNER_KEY_MISSING,3:1 PARTNER_KEY_UNKNOWN'],
  ['a key without a value', 'name: Acme', 'name:', '2:6 PARTNER_VALUE'],
  ['another name than the folder', 'partner: acme', 'partner: acne', '1:10 PARTNER_NAME'],
  ['an abbreviated zone', 'America/Chicago', 'EST', '3:11 PARTNER_TIMEZONE'],
  ['a mistyped zone', 'America/Chicago', 'America/Chicgo', '3:11 PARTNER_TIMEZONE'],
  ['an offset for a zone', 'America/Chicago', '"+05:00"', '3:11 PARTNER_TIMEZONE'],
  ['an unknown stage', 'name: Acme', 'name: Acme\nstage: production', '3:8 PARTNER_VALUE'],
  ['an identifier without qualifier', 'ZZ/ACME', 'ACME', '4:21 PARTNER_IDENTIFIER'],
  ['an identifier of 16 characters', 'ZZ/ACME', 'ZZ/ACMEACMEACMEACME', '4:21 PARTNER_IDENTIFIER'],
  [
    'an EDIFACT identifier with two colons',
    'x12: ZZ/ACME',
    'x12: ZZ/ACME, edifact: "a:b:c"',
    '4:39 PARTNER_IDENTIFIER',
  ],
  ['an unknown standard', '{ x12: ZZ/ACME }', '{ x12: ZZ/ACME, tradacoms: x }', '4:30 PARTNER_KEY_UNKNOWN'],
  ['no identifier of ours for the document', '{ x12: ZZ/US }', '{ as2: US }', '9:5 PARTNER_IDENTIFIER_MISSING'],
  ['an unknown kind of connection', 'folder:', 'foldr:', '7:11 PARTNER_CONNECTION'],
  ['two kinds in one connection', '{ folder:', '{ http: {}, folder:', '7:21 PARTNER_CONNECTION'],
  ['a connection name with capitals', '  main:', '  Main:', '7:3 PARTNER_NAME,11:90 PARTNER_VIA'],
  ['an unknown key in a connection', 'ready:', 'redy:', '7:74 PARTNER_KEY_UNKNOWN'],
  ['a folder that does nothing', FOLDER, 'folder: { every: 1s }', '7:19 PARTNER_KEY_MISSING,11:90 PARTNER_VIA'],
  ['a pick-up without pattern', 'drop/out/*.edi', 'drop/out/', '7:29 PARTNER_PATTERN'],
  ['a pattern in the folder part', 'drop/out/*.edi', 'drop/*/*.edi', '7:29 PARTNER_PATTERN'],
  ['brackets in a pattern', 'drop/out/*.edi', '"drop/out/*.{edi,x12}"', '7:29 PARTNER_PATTERN'],
  ['a folder that climbs out of the data', 'drop/out/*.edi', '../out/*.edi', '7:29 PARTNER_PATH'],
  ['a drop-off that climbs out of the data', 'drop/in', 'drop/../../in', '7:54 PARTNER_PATH'],
  ['a drop-off into our own pick-up', 'drop/in', 'drop/out', '7:54 PARTNER_PATH'],
  ['a duration without unit', 'every: 1s', 'every: 30', '7:70 PARTNER_DURATION'],
  ['a pause too long for a timer', 'every: 1s', 'every: 30d', '7:70 PARTNER_DURATION'],
  ['an unknown ready strategy', 'ready: stable', 'ready: soon', '7:81 PARTNER_READY'],
  ['a marker without its ending', 'ready: stable', 'ready: marker', '7:81 PARTNER_READY'],
  ['a marker that is a pattern', 'ready: stable', 'ready: { marker: "*.done" }', '7:91 PARTNER_READY'],
  [
    'a password in the file',
    FOLDER,
    `sftp: { host: h, user: u, password: hunter2, hostKeys: [${HOST_KEY}], dropOff: /in }`,
    '7:47 SECRET_INLINE',
  ],
  ['a private key in the file', 'name: Acme', 'name: "-----BEGIN PRIVATE KEY-----"', '2:7 SECRET_INLINE'],
  ['an HTTP connection that nobody may use', FOLDER, 'http: { largest: 1MB }', '7:17 PARTNER_KEY_MISSING'],
  ['an API key instead of its hash', FOLDER, 'http: { keys: [cdk_acme0001.aaaa] }', '7:26 PARTNER_API_KEY'],
  ['a signing secret in the file', FOLDER, 'http: { url: "https://a.example", signed: hush }', '7:53 SECRET_INLINE'],
  ['a size without a unit', FOLDER, 'http: { url: "https://a.example", largest: 20 }', '7:54 PARTNER_VALUE'],
  [
    'an address to poll that is none',
    FOLDER,
    'folder: { pickUp: a/*, dropOff: b } }\n  fetch: { poll: { url: a.example, every: 5m }',
    '8:25 PARTNER_POLL',
  ],
  [
    'a hole in an address that nobody fills',
    FOLDER,
    'folder: { pickUp: a/*, dropOff: b } }\n  fetch: { poll: { url: "https://a.example/{day}", every: 5m }',
    '8:25 PARTNER_POLL',
  ],
  [
    'a watermark without a place',
    FOLDER,
    'folder: { pickUp: a/*, dropOff: b } }\n  fetch: { poll: { url: "https://a.example", every: 5m, since: { at: t, start: 0 } }',
    '8:18 PARTNER_POLL',
  ],
  [
    'a secret of a login in the file',
    FOLDER,
    'folder: { pickUp: a/*, dropOff: b } }\n  fetch: { poll: { url: "https://a.example", every: 5m, login: { bearer: hush } }',
    '8:74 SECRET_INLINE',
  ],
  [
    'a login of no kind',
    FOLDER,
    'folder: { pickUp: a/*, dropOff: b } }\n  fetch: { poll: { url: "https://a.example", every: 5m, login: { baerer: secret:x } }',
    '8:66 PARTNER_POLL',
  ],
  [
    'pages that do not follow each other',
    FOLDER,
    'folder: { pickUp: a/*, dropOff: b } }\n  fetch: { poll: { url: "https://a.example", every: 5m, paging: { cursor: next } }',
    '8:65 PARTNER_POLL',
  ],
  [
    'a rate that is none',
    FOLDER,
    'folder: { pickUp: a/*, dropOff: b } }\n  fetch: { poll: { url: "https://a.example", every: 5m, rate: often }',
    '8:63 PARTNER_POLL',
  ],
  ['a login in an address', FOLDER, 'http: { url: "https://us:pw@acme.example/" }', '7:24 SECRET_INLINE'],
  [
    'an sftp connection without a login',
    FOLDER,
    `sftp: { host: h, user: u, hostKeys: [${HOST_KEY}], dropOff: /in }`,
    '7:17 PARTNER_KEY_MISSING',
  ],
  [
    'an sftp connection without a host key',
    FOLDER,
    'sftp: { host: h, user: u, key: secret:k, dropOff: /in }',
    '7:17 PARTNER_KEY_MISSING',
  ],
  [
    'a host key that is no fingerprint',
    FOLDER,
    'sftp: { host: h, user: u, key: secret:k, hostKeys: [any], dropOff: /in }',
    '7:63 PARTNER_HOST_KEY',
  ],
  ...(
    [
      ['that takes and brings nothing', '', '7:17 PARTNER_KEY_MISSING,11:90 PARTNER_VIA'],
      ['whose folders are one', ', pickUp: /a/*, dropOff: /a', '7:144 PARTNER_PATH'],
      ['with a port beyond all', ', dropOff: /in, port: 70000', '7:141 PARTNER_VALUE'],
      ['with a login by a key it has not', ', dropOff: /in, login: [key]', '7:143 PARTNER_VALUE'],
      ['with a way of picking up and nothing to pick up', ', dropOff: /in, depth: 2', '7:135 PARTNER_KEY_MISSING'],
      [
        'with a way of bringing and nowhere to bring',
        ', pickUp: /a/*, done: .ok',
        '7:135 PARTNER_KEY_MISSING,11:90 PARTNER_VIA',
      ],
      ['with a time that is none', ', dropOff: /in, pickUp: /a/*, quiet: 25:00-26:00', '7:156 PARTNER_VALUE'],
      ['with a cron pattern of six fields', ', dropOff: /in, pickUp: /a/*, cron: "* * * * * *"', '7:155 PARTNER_CRON'],
      [
        'with a cron pattern that never comes',
        ', dropOff: /in, pickUp: /a/*, cron: "0 0 30 2 *"',
        '7:155 PARTNER_CRON',
      ],
      ['with a pattern that is a path', ', dropOff: /in, pickUp: /a/*, exclude: a/b', '7:158 PARTNER_PATTERN'],
      ['with permissions that are none', ', dropOff: /in, permissions: 999', '7:148 PARTNER_VALUE'],
      ['with an ending that is a pattern', ', dropOff: /in, done: "*.ok"', '7:141 PARTNER_VALUE'],
      ['that moves out of everything', ', dropOff: /in, pickUp: /a/*, after: { move: ../b }', '7:164 PARTNER_PATH'],
    ] as const
  ).map(
    ([what, more, where]) =>
      [
        `an sftp connection ${what}`,
        FOLDER,
        `sftp: { host: h, user: u, password: secret:w, hostKeys: [${HOST_KEY}]${more} }`,
        where,
      ] as const,
  ),
  ['a map without version', 'x12/945@1.0.0', 'x12/945', '9:44 PARTNER_MAP_PIN'],
  ['a map with half a version', 'x12/945@1.0.0', 'x12/945@1.0', '9:44 PARTNER_MAP_PIN'],
  ['a range of maps', 'x12/945@1.0.0', 'x12/945@^1.0.0', '9:44 PARTNER_MAP_PIN'],
  ['a standard that is not read', 'x12/945@1.0.0', 'idoc/orders@1.0.0', '9:44 PARTNER_MAP_PIN'],
  ['a document of another standard', 'document: 945', 'document: DESADV', '9:17 PARTNER_DOCUMENT'],
  ['an X12 version for a release', 'release: 004010', 'release: 4010VICS', '9:31 PARTNER_RELEASE'],
  ['an acknowledgment nobody knows', 'acknowledge: 997', 'acknowledge: 998', '9:72 PARTNER_VALUE'],
  ['the acknowledgment of the other standard', 'acknowledge: 997', 'acknowledge: CONTRL', '9:72 PARTNER_ACKNOWLEDGE'],
  ['an overlay outside the folder', 'acknowledge: 997', 'overlay: ../b/x.yaml', '9:68 PARTNER_PATH'],
  ['inbound that is no list', `- ${LINE}`, LINE, '9:3 PARTNER_VALUE'],
  ['the same document twice', `- ${LINE}`, `- ${LINE}\n  - ${LINE}`, '10:5 PARTNER_AGREEMENT_TWICE'],
  ['an event type without version', 'released.v1', 'released', '11:26 PARTNER_EVENT_TYPE'],
  ['a connection that is not there', 'via: main', 'via: mian', '11:90 PARTNER_VIA'],
  ['a connection that cannot send', ' dropOff: drop/in,', '', '11:90 PARTNER_VIA'],
  ['an answer without time', '997 within 4h', '997', '11:104 PARTNER_EXPECT'],
  ['a retry that ends before it pauses', '30s..1h for 24h', '30s..1h for 10m', '11:126 PARTNER_RETRY'],
];

describe('mistakes in a partner file', () => {
  it('are none in the file they are planted in', () => {
    assert.deepEqual(codes(GOOD), '');
  });

  for (const [title, from, to, expected] of MISTAKES) {
    it(`are found where they stand: ${title}`, () => {
      assert.ok(GOOD.includes(from), 'the text to replace is there');
      assert.equal(codes(GOOD.replace(from, () => to)), expected);
    });
  }

  it('carry a suggestion when a word was mistyped', () => {
    const { problems } = parse(GOOD.replace('timezone:', 'timezon:'));
    assert.match(problems[0]?.remedy ?? '', /Did you mean "timezone"\?/);
  });
});

function parse(text: string) {
  return parsePartner({ id: 'acme', folder: 'partners/acme', file: 'p.yaml', text });
}

function codes(text: string): string {
  return parse(text)
    .problems.map(({ line, column, code }) => `${line}:${column} ${code}`)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .join(',');
}
