import assert from 'node:assert/strict';
import { Parser } from 'edifact';
import { createEdifactReader } from '../../../src/edi/edifact/reader.ts';
import { partRange } from '../../../src/edi/part-text.ts';
import type { Segments } from '../../../src/edi/segments.ts';
import { una, unb, ung, unh } from '../support/edifact.ts';
import { readChunks } from '../support/items.ts';
import { bytes } from '../support/x12.ts';

/**
 * A second opinion: the Parser of the edifact package on whole strings. It knows one interchange, one UNA, no repetition, and
 * upper-case text. Known differences, which are shown below: it drops line breaks inside elements, which we keep.
 */
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

  it('differ in line breaks inside elements, which we keep', () => {
    const file = unb({}, unh('DESADV', 'FTX+A\r\nB+C'));
    assert.deepEqual(ours(file)[2], ['FTX', ['A\r\nB'], ['C']]);
    assert.deepEqual(theirs(file)[2], ['FTX', ['AB'], ['C']]);
  });
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
  return Array.from({ length: segments.count }, (_, segment) => {
    const elements = Array.from({ length: segments.elementCount(segment) }, (__, index) => {
      const components: string[] = [];
      const end = segments.partEnd(segment, index + 1);
      for (let component = 1; ; component++) {
        const [from, to] = partRange(segments, segment, index + 1, component);
        components.push(segments.textOf(from, to));
        if (to === end) return components;
      }
    });
    return [segments.tag(segment), ...elements] as const;
  });
}

function theirs(file: string): Values {
  const parser = new Parser();
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
