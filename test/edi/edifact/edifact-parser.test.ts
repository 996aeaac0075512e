import assert from 'node:assert/strict';
import { Parser } from 'edifact';
import { createEdifactReader } from '../../../src/edi/edifact/reader.ts';
import type { Segments } from '../../../src/edi/segments.ts';
import { createRandom } from '../../../src/util/random.ts';
import { una, unb, ung, unh } from '../support/edifact.ts';
import { edifactInterchange } from '../support/generated-files.ts';
import { readChunks } from '../support/items.ts';
import { SAMPLES_VARIABLE, sampleFiles, samplesFolder } from '../support/samples.ts';
import { bytes } from '../support/x12.ts';

/**
 * A second opinion: the Parser of the edifact package on whole strings. It knows one interchange, one UNA behind nothing, no
 * repetition and no text of several bytes a letter. Where it differs is shown below, with the reason.
 */
const GENERATED = 200;

/** Samples that it refuses or reads otherwise, and why. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'IFTMIN-edi-net-1.edi': 'a byte order mark stands before the UNB',
  'INVOIC-edi-net-1.edi': 'a byte order mark stands before the UNA',
  'INVOIC-smooks-1.edi': 'the UNA declares a repetition separator',
  'INVOIC-smooks-2.edi': 'the UNA declares a repetition separator',
  'INVOIC-staedi-1.edi': 'letters of UTF-8, of which it makes one for each byte',
  'ORDERS-underware-1.edi': 'lines of a fixed length: it drops the line breaks inside elements',
  'ORDRSP-edi-net-1.edi': 'a byte order mark stands before the UNB',
  'RECADV-smooks-1.edi': 'letters of UTF-8, of which it makes one for each byte and refuses some',
};

const other = { element: '*', component: '=', segment: '~', release: '!' };
const messages = [
  unh('DESADV', 'BGM+351+DES1+9', "FTX+AAI+++A?+B?:C?'D??:?'E", 'DTM+137:20240102:102', 'NAD+BY+:::++ A  B +0007'),
  unh({ type: 'ORDERS', version: 'D:01B:UN:EAN010' }, 'BGM', 'IMD+F++:::??', 'LIN+1++400:EN', 'MOA+203:-12.50'),
];
const FILES: Readonly<Record<string, string>> = {
  'no UNA': unb({}, ...messages),
  'a UNA': una() + unb({}, ...messages),
  groups: una() + unb({}, ung('DESADV', ...messages), ung('ORDERS', ...messages)),
  'other separators': una(other) + unb(other, unh('DESADV', 'FTX+A!*B!=C!~!!:D?')),
  'a decimal comma': una({ decimal: ',' }) + unb({}, unh('INVOIC', 'MOA+203:12,50')),
  'line breaks behind terminators': `${una()}\r\n${unb({ after: '\r\n' }, ...messages)}`,
};

type Values = readonly (readonly [tag: string, ...elements: readonly (readonly string[])[]])[];

describe('the EDIFACT reader and the edifact package', () => {
  for (const [title, file] of Object.entries(FILES)) {
    it(`find the same segments, elements and components with ${title}`, () => {
      assert.deepEqual(ours(file), theirs(file));
    });
  }

  it(`find the same in ${GENERATED} generated interchanges`, () => {
    for (let seed = 0; seed < GENERATED; seed++) {
      const file = edifactInterchange(createRandom(seed), { plain: true });
      assert.deepEqual(ours(file), theirs(file), `seed ${seed}`);
    }
  });

  it('differ in line breaks inside elements, which we keep', () => {
    const file = unb({}, unh('DESADV', 'FTX+A\r\nB+C'));
    assert.deepEqual(ours(file)[2], ['FTX', ['A\r\nB'], ['C']]);
    assert.deepEqual(theirs(file)[2], ['FTX', ['AB'], ['C']]);
  });

  it('differ in a UNA without a release character: it takes blanks for one', () => {
    const file = una({ release: ' ' }) + unb({}, unh('DESADV', 'FTX+A B'));
    assert.deepEqual(ours(file)[2], ['FTX', ['A B']]);
    assert.deepEqual(theirs(file)[2], ['FTX', ['AB']]);
  });

  for (const [what, file] of [
    ['a line feed as terminator', una({ segment: '\n' }) + unb({ segment: '\n' }, unh('DESADV'))],
    ['a repetition separator', una({ repetition: '*' }) + unb({ syntax: 'UNOC:4' }, unh('DESADV'))],
    ['a second UNA', `${una()}${unb({}, unh('DESADV'))}${una()}${unb({}, unh('DESADV'))}`],
    ['a byte order mark', `\xef\xbb\xbf${unb({}, unh('DESADV'))}`],
  ] as const) {
    it(`differ in ${what}, which it refuses`, () => {
      assert.ok(ours(file).some(([tag]) => tag === 'UNZ'));
      assert.throws(() => theirs(file));
    });
  }

  const folder = samplesFolder();
  if (folder === null) {
    it(`are not compared on published samples: there is no samples folder (set ${SAMPLES_VARIABLE})`, () => {});
    return;
  }
  for (const [name, file] of sampleFiles(folder, 'edifact')) {
    const reason = DIFFERENCES[name];
    it(reason === undefined ? `find the same in ${name}` : `differ in ${name}: ${reason}`, () => {
      const text = file.toString('latin1');
      if (reason === undefined) assert.deepEqual(ours(text), theirs(text));
      else assert.throws(() => assert.deepEqual(ours(text), theirs(text)));
    });
  }
});

/** The segments of every kind, in their order; blanks are kept. */
function ours(file: string): Values {
  return readChunks([bytes(file)], createEdifactReader()).flatMap((item) => {
    switch (item.kind) {
      case 'interchange':
        return values(item.interchange.header);
      case 'group':
        return item.group.header === null ? [] : values(item.group.header);
      case 'document':
        return values(item.document.segments);
      case 'group-end':
      case 'interchange-end':
        return item.trailer === null ? [] : values(item.trailer);
      default:
        return [];
    }
  });
}

function values(segments: Segments): Values {
  const { component, release } = segments.delimiters;
  return Array.from({ length: segments.count }, (_, segment) => {
    const elements = Array.from({ length: segments.elementCount(segment) }, (__, index) => {
      const components: string[] = [];
      const end = segments.partEnd(segment, index + 1);
      let from = segments.partStart(segment, index + 1);
      for (let at = from; at <= end; at++) {
        if (at < end && segments.bytes[at] === release) at++;
        else if (at === end || segments.bytes[at] === component) {
          components.push(segments.textOf(from, at));
          from = at + 1;
        }
      }
      return components;
    });
    return [segments.tag(segment), ...elements] as const;
  });
}

function theirs(file: string): Values {
  const parser = new Parser();
  // Small letters are common in UNOA and UNOB, which have none.
  parser.encoding('UNOC');
  const found: [string, ...string[][]][] = [];
  parser.onopensegment = (tag) => found.push([tag]);
  parser.onelement = () => found.at(-1)?.push([]);
  parser.oncomponent = (value) => {
    const last = found.at(-1)?.at(-1);
    if (Array.isArray(last)) last.push(value);
  };
  parser.onclosesegment = () => {};
  parser.write(file);
  parser.end();
  return found;
}
