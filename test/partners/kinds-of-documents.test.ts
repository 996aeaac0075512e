import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from '../../src/cli/document-translator.ts';
import { readDocumentChunks } from '../../src/cli/read-documents.ts';
import { createDictionaries } from '../../src/edi/dictionary/index.ts';
import type { Finding } from '../../src/edi/finding.ts';
import type { CanonicalEvent } from '../../src/events/types.ts';
import { type Configuration, loadConfiguration } from '../../src/partners/configuration.ts';
import { documentAgreement } from '../../src/partners/find.ts';
import { problemLine } from '../../src/util/problem.ts';
import { structureOfFile } from '../mapping/support/documents.ts';
import { CHECKOUT, jsonLines, run } from '../support/crossdock.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

const HEAD = `partner: acme
name: Acme
timezone: Europe/Berlin
identifiers: { edifact: "ACME:ZZ", x12: ZZ/ACME }
us: { edifact: "CROSSDOCK:ZZ", x12: ZZ/CROSSDOCK }
inbound:
`;
/** The example of docs/partners.md. */
const BOTH = HEAD + exampleLines();

/** Goods, freight, and a freight invoice whose function no map knows. */
const INVOICES = ['380+GOODS-1+9', '780+FREIGHT-1+9'];

function exampleLines(): string {
  const page = readFileSync(join(CHECKOUT, 'docs/partners.md'), 'utf8');
  const example = [...page.matchAll(/^```yaml\ninbound:\n([\s\S]*?)^```$/gm)].find(([text]) =>
    text.includes('freight'),
  );
  return example?.[1] ?? '';
}

function documentOf(file: Buffer) {
  const { definition, segments } = structureOfFile(file);
  return { type: definition.type, release: definition.release, segments };
}

function interchange(beginnings: readonly string[]): string {
  const documents = beginnings.map(
    (beginning, index) =>
      `UNH+${index + 1}+INVOIC:D:96A:UN'BGM+${beginning}'DTM+137:20261202:102'LIN+1'UNS+S'MOA+77:1'UNT+7+${index + 1}'`,
  );
  return `UNB+UNOC:3+ACME:ZZ+CROSSDOCK:ZZ+261204:1615+1'${documents.join('')}UNZ+${beginnings.length}+1'`;
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

describe('two kinds of one document', () => {
  const folder = tempFolder();
  const load = async (text: string): Promise<Configuration> => {
    await writeFiles(join(folder(), 'partners/acme'), { 'partner.yaml': text });
    const folders = { maps: join(CHECKOUT, 'maps'), partners: join(folder(), 'partners') };
    return loadConfiguration(folders, createDictionaries());
  };
  const problemsOf = async (lines: string): Promise<readonly string[]> =>
    (await load(HEAD + lines)).problems.map((one) => problemLine(one).replace(/^.*partner\.yaml:/, ''));

  it('are read each by the map that is for it', async () => {
    const configuration = await load(BOTH);
    assert.deepEqual(configuration.problems, []);
    const [partner] = configuration.partners;
    assert.ok(partner !== undefined);
    const mapFor = (file: string): string | undefined => {
      const document = documentOf(readFileSync(join(CHECKOUT, 'maps/edifact', file)));
      return documentAgreement(partner, configuration, document)?.map.name;
    };
    assert.equal(mapFor('invoic/tests/a-credit-note.edi'), 'edifact/invoic');
    assert.equal(mapFor('invoic-freight/tests/corrected.edi'), 'edifact/invoic-freight');
    assert.equal(mapFor('invrpt/tests/a-report-without-a-name.edi'), 'edifact/invrpt');
    assert.equal(mapFor('invrpt-movements/tests/no-direction.edi'), 'edifact/invrpt-movements');
    // What fits neither is told by the map whose kind it is.
    assert.equal(mapFor('invoic-freight/tests/unknown-function.edi'), 'edifact/invoic-freight');
    assert.equal(mapFor('invoic/tests/unknown-function.edi'), 'edifact/invoic');
  });

  it('may come in one interchange, with a partner and without', async () => {
    const configuration = await load(BOTH);
    const expected = [
      ['logistics.invoice.issued.v1', 'edifact/invoic@1.0.0'],
      ['logistics.freight-invoice.issued.v1', 'edifact/invoic-freight@1.0.0'],
    ];
    const file = interchange([...INVOICES, '780+FREIGHT-2+99']);
    for (const options of [{ partner: 'acme' }, {}]) {
      const translator = createTranslator(configuration, options);
      const events: CanonicalEvent[] = [];
      const findings: Finding[] = [];
      await readDocumentChunks(oneChunk(Buffer.from(file)), configuration.dictionaries, {
        document: (document) => {
          const translation = translator.translate(document, 'file');
          events.push(...translation.events);
          findings.push(...translation.findings);
          return undefined;
        },
      });
      assert.deepEqual(
        events.map(({ type, mapversion }) => [type, mapversion]),
        expected,
      );
      assert.deepEqual(
        findings.map(({ code, value }) => [code, value]),
        [['MAP_EVENT_TYPE', '99']],
      );
    }
  });

  it('are explained with the lines of their own maps', async () => {
    const { stdout, code } = await run(['explain', '-'], { input: interchange(INVOICES) });
    const files = jsonLines<{ map: { file: string } }>(stdout)
      .map(({ map }) => map.file)
      .filter((name) => !name.endsWith('parts.yaml'));
    assert.deepEqual(
      [code, [...new Set(files)]],
      [0, ['maps/edifact/invoic/1.0.0.yaml', 'maps/edifact/invoic-freight/1.0.0.yaml']],
    );
  });

  it('may not be read by two maps that read the same documents', async () => {
    const released = '  - { document: 214, map: x12/214@1.0.0 }\n  - { document: 214, map: x12/214-005010@1.0.0 }\n';
    assert.deepEqual(await problemsOf(released), [
      '8:27 PARTNER_AGREEMENT_TWICE x12/214-005010 and x12/214 of line 7 read the same documents, whatever they say. ' +
        'Keep one of the two lines, or pin maps whose "event:" tells the documents apart.',
    ]);
    const coded = '  - { document: 856, map: x12/856@1.0.0 }\n  - { document: 856, map: x12/856-005010@1.0.0 }\n';
    const [clash = ''] = await problemsOf(coded);
    assert.match(clash, /^8:27 PARTNER_AGREEMENT_TWICE .* line 7 read the same documents, where BSN01 is 00 or 01 or /);
    const one = '  - { document: 856, map: x12/856@1.0.0 }\n';
    assert.match((await problemsOf(one + one)).join(), /^8:5 PARTNER_AGREEMENT_TWICE Line 7 already agrees/);
  });

  it('may be agreed on for a release each, and then the release comes first', async () => {
    const lines = BOTH.replace('INVOIC, map: edifact/invoic@', 'INVOIC, release: D96A, map: edifact/invoic@');
    const configuration = await load(lines);
    assert.deepEqual(configuration.problems, []);
    const [partner] = configuration.partners;
    const goods = documentOf(Buffer.from(interchange(['380+GOODS-1+9'])));
    assert.ok(partner !== undefined);
    assert.equal(documentAgreement(partner, configuration, goods)?.map.name, 'edifact/invoic');
    assert.equal(
      documentAgreement(partner, configuration, { ...goods, release: 'D01B' })?.map.name,
      'edifact/invoic-freight',
    );
  });

  it('are answered and graded alike', async () => {
    const told = (keys: string): Promise<readonly string[]> =>
      problemsOf(
        `  - { document: INVOIC, map: edifact/invoic@1.0.0 }\n  - { document: INVOIC, map: edifact/invoic-freight@1.0.0, ${keys} }\n`,
      );
    assert.deepEqual(await told('acknowledge: CONTRL'), [
      '8:5 PARTNER_AGREEMENT_UNLIKE Line 7 agrees on the same document and release with another "acknowledge". ' +
        'Write it alike in both: it counts before the map is chosen.',
    ]);
    assert.match((await told('severity: { ELEMENT_CODE: note }')).join(), /another "severity"/);
  });
});
