import assert from 'node:assert/strict';
import { parsePartner } from '../../src/partners/parse.ts';
import { problemLine } from '../../src/util/problem.ts';

const parse = (text: string) => parsePartner({ id: 'acme', folder: 'partners/acme', file: 'p.yaml', text });

describe('reading a partner file', () => {
  it('reads every part of it', () => {
    const { partner, problems, files } = parse(`
partner: acme
name: Acme 3PL, Reno
timezone: America/Los_Angeles
stage: test
identifiers: { x12: [ZZ/ACME, 01/012345678], edifact: "4012345000009:14", as2: ACME-AS2 }
us: { x12: ZZ/US, edifact: OURCO }
connections:
  drop: { folder: { pickUp: drop/acme/out/*.edi, dropOff: /mnt/acme/in/, every: 30s, ready: { marker: .done } } }
  upload: { folder: { pickUp: /srv/up/*, ready: rename } }
  main: { sftp: { host: sftp.acme.example, user: us, key: secret:acme-sftp, hostKeys: [SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s], pickUp: /out/*.edi, dropOff: /in, every: 1m, ready: stable } }
inbound:
  - { document: 945, release: 004010, map: x12/945@1.0.0, overlay: overlays/945.yaml, acknowledge: 997 }
  - { document: DESADV, release: D96A, map: edifact/desadv@2.10.3 }
outbound:
  - { document: 940, on: logistics.warehouse-order.released.v1, map: x12/940@1.0.0, via: main, expect: 997 within 4h, retry: 30s..1h for 24h }
`);
    assert.deepEqual(problems.map(problemLine), []);
    assert.deepEqual(partner, {
      id: 'acme',
      name: 'Acme 3PL, Reno',
      timezone: 'America/Los_Angeles',
      severity: {},
      retry: {},
      charset: null,
      stage: 'test',
      identifiers: { x12: ['ZZ/ACME', '01/012345678'], edifact: ['14/4012345000009'] },
      us: { x12: ['ZZ/US'], edifact: ['/OURCO'] },
      connections: [
        {
          kind: 'folder',
          id: 'drop',
          pickUp: { folder: 'drop/acme/out', pattern: '*.edi' },
          dropOff: '/mnt/acme/in',
          every: 30_000,
          ready: { by: 'marker', suffix: '.done' },
        },
        {
          kind: 'folder',
          id: 'upload',
          pickUp: { folder: '/srv/up', pattern: '*' },
          dropOff: null,
          every: 60_000,
          ready: { by: 'rename', unready: ['.tmp', '.part', '.filepart'] },
        },
        {
          kind: 'sftp',
          id: 'main',
          server: {
            host: 'sftp.acme.example',
            port: 22,
            user: 'us',
            hostKeys: ['uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s'],
            key: 'acme-sftp',
            passphrase: null,
            password: null,
            login: ['key'],
            legacy: false,
            timeout: 30_000,
          },
          pickUp: {
            folder: '/out',
            include: ['*.edi'],
            exclude: [],
            depth: 0,
            sort: 'oldest',
            most: 10_000,
            largest: 1_073_741_824,
            every: 60_000,
            cron: null,
            quiet: [],
            ready: { by: 'stable' },
            claim: 'rename',
            after: { do: 'delete' },
            failed: null,
          },
          dropOff: {
            folder: '/in',
            temporary: { ending: '.writing' },
            done: null,
            exists: 'refuse',
            permissions: null,
          },
        },
      ],
      inbound: [
        {
          at: { file: 'p.yaml', line: 13, column: 44 },
          document: '945',
          standard: 'x12',
          release: '004010',
          map: 'x12/945@1.0.0',
          overlay: 'overlays/945.yaml',
          acknowledge: '997',
          answer: { documents: 'all', version: null, receipt: 'none' },
          severity: {},
          retry: null,
        },
        {
          at: { file: 'p.yaml', line: 14, column: 45 },
          document: 'DESADV',
          standard: 'edifact',
          release: 'D96A',
          map: 'edifact/desadv@2.10.3',
          overlay: null,
          acknowledge: 'none',
          answer: { documents: 'all', version: null, receipt: 'none' },
          severity: {},
          retry: null,
        },
      ],
      outbound: [
        {
          at: { file: 'p.yaml', line: 16, column: 70 },
          document: '940',
          standard: 'x12',
          release: null,
          map: 'x12/940@1.0.0',
          overlay: null,
          on: 'logistics.warehouse-order.released.v1',
          via: 'main',
          expect: { answer: '997', within: 14_400_000 },
          retry: { tries: null, first: 30_000, longest: 3_600_000, whole: 86_400_000 },
          style: { delimiters: null, lineBreak: '', charset: null, syntax: null, guide: null },
        },
      ],
      folder: 'partners/acme',
    });
    assert.deepEqual(
      files.map(({ path }) => path),
      ['overlays/945.yaml'],
    );
  });

  it('is live traffic when no stage is named', () => {
    const { partner } = parse('{partner: acme, name: A, timezone: UTC, identifiers: {x12: ZZ/A}, us: {x12: ZZ/U}}');
    assert.equal(partner?.stage, 'live');
  });

  it('reads all that an sftp connection may say', () => {
    const { partner, problems } = parse(`
partner: acme
name: Acme
timezone: Europe/Berlin
identifiers: { x12: ZZ/ACME }
us: { x12: ZZ/US }
connections:
  main:
    sftp:
      host: 2001:db8::7
      port: 2222
      user: us
      hostKeys: SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s=
      key: secret:k
      passphrase: secret:p
      password: secret:w
      login: [password, key, keyboard-interactive]
      legacy: true
      timeout: 5s
      pickUp: out/*.edi
      include: ["*.x12"]
      exclude: ["old-*"]
      depth: 2
      sort: name
      most: 50
      largest: 20MB
      every: 5m
      cron: "*/15 6-20 * * 1-5"
      quiet: ["22:00-05:30", "12:00-12:15"]
      ready: immediate
      claim: lease
      after: { move: "/archive/{date}" }
      failed: /failed
      dropOff: in
      temporary: /in/tmp/
      done: .done
      exists: rename
      permissions: 0640
`);
    assert.deepEqual(problems.map(problemLine), []);
    const [connection] = partner?.connections ?? [];
    assert.ok(connection?.kind === 'sftp');
    assert.deepEqual(connection.server, {
      host: '2001:db8::7',
      port: 2222,
      user: 'us',
      hostKeys: ['uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s'],
      key: 'k',
      passphrase: 'p',
      password: 'w',
      login: ['password', 'key', 'keyboard-interactive'],
      legacy: true,
      timeout: 5_000,
    });
    assert.deepEqual(connection.pickUp, {
      folder: 'out',
      include: ['*.edi', '*.x12'],
      exclude: ['old-*'],
      depth: 2,
      sort: 'name',
      most: 50,
      largest: 20 * 1024 ** 2,
      every: 300_000,
      cron: '*/15 6-20 * * 1-5',
      quiet: [
        { from: 22 * 60, to: 5 * 60 + 30 },
        { from: 720, to: 735 },
      ],
      ready: { by: 'immediate' },
      claim: 'lease',
      after: { do: 'move', to: '/archive/{date}' },
      failed: '/failed',
    });
    assert.deepEqual(connection.dropOff, {
      folder: 'in',
      temporary: { folder: '/in/tmp' },
      done: '.done',
      exists: 'rename',
      permissions: 0o640,
    });
  });

  it('never repeats a secret in a problem', () => {
    const { problems } = parse('partner: acme\nconnections:\n  m: { sftp: { password: hunter2hunter2 } }\n');
    const text = problems.map(problemLine).join('\n');
    assert.match(text, /SECRET_INLINE/);
    assert.doesNotMatch(text, /hunter2/);
  });
});
