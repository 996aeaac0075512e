import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MADE_UP_TABLES, madeUpZip } from '../dictionaries/un-directory.ts';
import { type Answer, jsonLines, run } from '../support/crossdock.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

const OWN = {
  'release.txt': '# ours\nx12 006020\n',
  'elements.txt': '143 ID 3 3\n329 AN 4 9\n96 N0 1 10\n558 ID 1 1\n',
  'codes.txt': '558 A D\n',
  'segments.txt': 'ST 143:M 329:M\nSE 96:M 329:M\nB1 558:M\n',
  'sets/990.txt': '990 GF\n  ST M 1\n  B1 M 1\n  SE M 1\n',
};

describe('crossdock dictionary', () => {
  const folder = tempFolder();
  const inFolder = (name: string) => join(folder(), name);
  const dictionary = (...words: readonly string[]): Promise<Answer> =>
    run(['dictionary', ...words], { env: { CROSSDOCK_DATA: inFolder('data') } });

  async function writeZip(name: string, change: Parameters<typeof madeUpZip>[0] = {}): Promise<string> {
    await writeFile(inFolder(name), madeUpZip(change));
    return inFolder(name);
  }

  it('list names the built-in releases, and imported ones beside or instead of them', async () => {
    const before = await dictionary('list');
    assert.match(before.stdout, /^standard +release +sets +from\nx12 +004010 +\d+ +built in\n/);
    assert.equal((await dictionary('import-un', await writeZip('d99b.zip'))).code, 0);
    const after = await dictionary('list', '--json');
    const listed: unknown = JSON.parse(after.stdout);
    assert.ok(Array.isArray(listed));
    assert.deepEqual(
      listed.filter(({ from }) => from === 'imported'),
      [{ standard: 'edifact', release: 'D99B', sets: 1, from: 'imported' }],
    );
  });

  it('show prints the tree of a set', async () => {
    const { code, stdout } = await dictionary('show', 'x12', '004010', '856');
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^856, x12 004010\nST +M +1\nBSN +M +1\nDTM +O +10\nloop HL \(a tree\) +M +200000\n {2}HL +M +1\n/,
    );
    await dictionary('import-un', await writeZip('d99b.zip'));
    const shown = await dictionary('show', 'edifact', 'D.99B', 'madeup');
    assert.deepEqual(shown.stdout.split('\n'), [
      'MADEUP, edifact D99B',
      'UNH        M  1',
      'group 1    C  10',
      '  AAA      M  1',
      '  group 2  M  9999999',
      '    BBB    M  1',
      '    CCC    C  5',
      'UNT        M  1',
      '',
    ]);
  });

  const shown: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    [
      'a segment with its elements and what its syntax notes mean',
      ['x12', '004010', 'w03'],
      [
        'W03, x12 004010',
        '01  382  M  1  R 1/10',
        '02  81   X  1  R 1/10',
        '03  355  X  1  ID 2/2',
        '04  183  X  1  R 1/8',
        '05  355  X  1  ID 2/2',
        '06  80   X  1  N0 1/7',
        '07  355  X  1  ID 2/2',
        'P0203  02, 03 stand together or not at all',
        'P0405  04, 05 stand together or not at all',
        'P0607  06, 07 stand together or not at all',
      ],
    ],
    ['few codes beside their element', ['edifact', 'D96A', 'UNS'], ['UNS, edifact D96A', '01  0081  M  1  an1  D S']],
    [
      'the components of a composite',
      ['edifact', 'D96A', 'DTM'],
      [
        'DTM, edifact D96A',
        '01    C507  M  1',
        '01-1  2005  M  1  an..3',
        '01-2  2380  C  1  an..35',
        '01-3  2379  C  1  an..3',
      ],
    ],
    [
      'that elements of a segment are not known',
      ['x12', '004010', 'ADV'],
      ['ADV, x12 004010', 'These tables know its place; its elements are not checked.'],
    ],
    ['an element with its codes', ['x12', '004010', '455'], ['455, x12 004010', 'ID 1/2, one of 2 codes', 'T X']],
    ['an element without codes', ['x12', '004010', '353'], ['353, x12 004010', 'ID 2/2, any value of this form']],
    ['the sets of a release', ['edifact', 'D3'], ['sets of edifact D3', 'CONTRL']],
  ];
  for (const [what, words, lines] of shown) {
    it(`show prints ${what}`, async () => {
      const { code, stdout } = await dictionary('show', ...words);
      assert.deepEqual([code, stdout.split('\n')], [0, [...lines, '']]);
    });
  }

  it('show gives JSON too', async () => {
    const json = async (...words: readonly string[]): Promise<unknown> =>
      JSON.parse((await dictionary('show', ...words, '--json')).stdout);
    const release = { standard: 'x12', release: '005010' };
    const mandatory = { requirement: 'M', max: 1 };
    assert.deepEqual(await json('x12', '005010', '990'), {
      ...release,
      type: '990',
      group: 'GF',
      tree: [
        { segment: 'ST', ...mandatory },
        { segment: 'B1', ...mandatory },
        { segment: 'L11', requirement: 'O', max: 1 },
        { segment: 'SE', ...mandatory },
      ],
    });
    const number = { element: '96', type: 'N', decimals: 0, min: 1, max: 10, codes: null };
    assert.deepEqual(await json('x12', '005010', '96'), { ...release, ...number });
    const control = { element: '329', type: 'AN', decimals: 0, min: 4, max: 9, codes: null };
    assert.deepEqual(await json('x12', '005010', 'SE'), {
      ...release,
      segment: 'SE',
      elements: [
        { position: 1, requirement: 'M', repeat: 1, ...number },
        { position: 2, requirement: 'M', repeat: 1, ...control },
      ],
      notes: [],
    });
  });

  it('show says what there is instead of what is not', async () => {
    for (const [words, message] of [
      [['edifat', 'D96A', 'DESADV'], '"edifat" is no standard. Did you mean "edifact"?'],
      [
        ['x12', '009999', '856'],
        'there are no tables of x12 009999. Use one of: 004010, 005010. Other releases come with',
      ],
      [['x12', '004011', '856'], 'there are no tables of x12 004011. Did you mean "004010"?'],
      [['edifact', 'D96A', 'NAS'], 'edifact D96A has no table of "NAS". Did you mean "NAD"?'],
      [['x12', '004010', '857'], 'x12 004010 has no table of "857". Did you mean "856"?'],
    ] as const) {
      const { code, stdout, stderr } = await dictionary('show', ...words);
      assert.deepEqual([code, stdout], [1, '']);
      assert.ok(stderr.startsWith(`crossdock: NOT_FOUND ${message}`), stderr);
    }
  });

  it('import-un prints counts of each directory, and what is at fault in it on stderr', async () => {
    const table = (MADE_UP_TABLES['EDMD.ZIP!MADEUP_D.99B'] ?? []).map((line) => line.replace('┴┘', '┘│'));
    const zip = await writeZip('d99b.zip', { 'EDMD.ZIP!MADEUP_D.99B': table });
    const { code, stdout, stderr } = await dictionary('import-un', zip);
    assert.equal(code, 0);
    assert.equal(stdout, 'D99B: 1 messages, 3 segments, 1 composites, 3 elements, 2 codes in 1 lists\n');
    assert.match(
      stderr,
      /^Reading .*d99b\.zip …\n.*MADEUP_D\.99B:13:1 UN_DIRECTORY MADEUP: groups that are still open at UNT: 1/,
    );
    const [json] = jsonLines((await dictionary('import-un', '--json', zip)).stdout);
    assert.ok(typeof json === 'object' && json !== null && 'counts' in json && 'faults' in json);
    assert.ok(Array.isArray(json.faults) && json.faults.length === 1);
  });

  it('import-un goes on with the next file, and ends with 1 when one was not imported', async () => {
    const broken = await writeZip('broken.zip', { 'EDSD.ZIP!EDSD.99B': null });
    const hostile = await writeZip('hostile.zip', { 'EDED.ZIP!EDED.99B': [] });
    const { code, stdout, stderr } = await dictionary(
      'import-un',
      inFolder('absent.zip'),
      broken,
      hostile,
      await writeZip('d99b.zip', { 'EDMD.ZIP!\u001b[2J/BROKEN_D.99B': [] }),
    );
    assert.equal(code, 1);
    assert.match(stdout, /^D99B: [^\n]+\n$/);
    assert.match(stderr, /FILE_UNREADABLE .*absent\.zip: ENOENT/);
    assert.match(stderr, /FILE_UNREADABLE .*broken\.zip is no UN directory: it holds no segments/);
    assert.match(stderr, /nothing was installed:\n.*DICTIONARY_TABLE Element 1001 is not described/);
    assert.match(stderr, /\[2J\/BROKEN_D\.99B:1:1 UN_DIRECTORY BROKEN has no segment table/);
    assert.ok(!stderr.includes('\u001b'));
  });

  it('import installs tables of one’s own, which win over built-in ones', async () => {
    await writeFiles(inFolder('ours'), { ...OWN, 'release.txt': 'x12 004010\n' });
    const { code, stderr } = await dictionary('import', inFolder('ours'));
    assert.deepEqual(
      [code, stderr],
      [0, 'Installed x12 004010: 1 set. A running gateway takes it at its next start.\n'],
    );
    assert.match((await dictionary('list')).stdout, /\nx12 +004010 +1 +imported\n/);
    assert.match((await dictionary('show', 'x12', '004010', '990')).stdout, /^990, x12 004010\nST +M +1\nB1 +M +1\nSE/);
    assert.match((await dictionary('show', 'x12', '004010', '856')).stdout, /^856, x12 004010\nST +M +1\nBSN +M +1\n/);
  });

  it('import names the line of each problem, and installs nothing', async () => {
    await writeFiles(inFolder('ours'), { ...OWN, 'segments.txt': 'ST 143:M 1:M\n' });
    const { code, stdout, stderr } = await dictionary('import', inFolder('ours'));
    assert.equal(code, 1);
    assert.match(stdout, /segments\.txt:1:10 DICTIONARY_TABLE Element 1 is not described\./);
    assert.match(stderr, /^Nothing was installed: 3 problems\.\n$/);
    assert.doesNotMatch((await dictionary('list')).stdout, /imported/);
  });

  it('import says what a folder of tables is, where there is none', async () => {
    const { code, stderr } = await dictionary('import', inFolder('absent'));
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^crossdock: FILE_UNREADABLE .*absent: there is no release\.txt in it\. Give a folder of tables/,
    );
  });

  it('lets validate check a message against imported tables', async () => {
    await dictionary('import-un', await writeZip('d99b.zip'));
    const message = "UNH+1+MADEUP:D:99B:UN'AAA+1+x'UNT+3+1'";
    const { stdout } = await run(['validate', '--json', '-'], {
      env: { CROSSDOCK_DATA: inFolder('data') },
      input: `UNB+UNOC:3+A+B+260102:1530+1'${message}UNZ+1+1'`,
    });
    const { findings }: { findings: readonly { code: string; path: string }[] } = JSON.parse(stdout);
    const found = findings.map(({ code, path }) => `${code} ${path}`);
    assert.deepEqual(found, ['ELEMENT_CHARACTER MADEUP/AAA[1]/02', 'SEGMENT_MISSING MADEUP/AAA[1]/BBB']);
  });
});
