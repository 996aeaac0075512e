import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { JsonObject } from '../../src/events/types.ts';
import { translateFile } from '../../src/mapping/trials/translated-file.ts';
import type { EventToWrite } from '../../src/mapping/writing/types.ts';
import { render } from '../../src/outbound/render.ts';
import { dictionaries, shippedLibrary, shippedMap } from './support/maps.ts';

/** What a document of 005010 has no place for, by its type; every other field is the same in both releases. */
const LOST: Readonly<Record<string, readonly string[]>> = {
  '990': ['pickUpAt', 'deliverAt', 'equipment', 'remarks', 'references', 'refs', 'stops'],
};

const STYLE = { delimiters: null, lineBreak: '', charset: null, syntax: null, guide: null } as const;
const ENVELOPE = {
  sender: 'ZZ/SENDER',
  receiver: 'ZZ/RECEIVER',
  test: true,
  date: '20261205',
  time: '0600',
  numbers: { interchange: 1, group: 1, document: 1 },
  style: STYLE,
};

const SETS = shippedLibrary.maps.filter(({ name }) => /^x12\/\d+$/.test(name)).map(({ document }) => document.set);

describe('X12 005010', () => {
  for (const set of SETS) {
    const map = shippedMap(`x12/${set}-005010@1.0.0`);

    for (const path of globSync(`maps/x12/${set}-005010/tests/*.json`).sort()) {
      const name = basename(path, '.json');

      it(`${set} (${name.replaceAll('-', ' ')}) says the same as the document of 004010`, () => {
        const older = goldenOf(`maps/x12/${set}/tests/${name}.json`);
        assert.deepEqual(without(goldenOf(path), LOST[set] ?? []), without(older, LOST[set] ?? []));
      });

      it(`${set} (${name.replaceAll('-', ' ')}) is written in its release, and read again`, () => {
        const said = goldenOf(path).filter(({ type }) => map.writer.types.includes(type));
        const { bytes, findings } = render(said, { map, dictionaries, timezone: null, envelope: ENVELOPE });
        assert.ok(bytes !== null, findings.map(({ text }) => text).join('\n'));
        assert.match(bytes.toString('latin1'), /^ISA.*\*00501\*.*~GS(?:\*[^*]*){6}\*X\*005010~/);
        const read = translateFile(bytes, dictionaries, (document, { standard }) => {
          const chosen = shippedLibrary.newest(standard, document.type, document.release);
          assert.equal(chosen?.pin, map.pin);
          return { map, partnerId: 'test-partner', timezone: null };
        });
        assert.deepEqual(
          read.findings.filter(({ severity }) => severity === 'rejected'),
          [],
        );
        assert.equal(read.events.filter(({ type }) => map.writer.types.includes(type)).length, said.length);
      });
    }
  }

  it('is tried for every set that has a map', () => {
    const tried = globSync('maps/x12/*-005010/tests/*.json').map((path) => path.split('/')[2]?.replace('-005010', ''));
    assert.deepEqual([...new Set(tried)].sort(), [...SETS].sort());
    assert.equal(SETS.length, 16);
  });
});

function goldenOf(path: string): readonly EventToWrite[] {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The events without some of their fields. */
function without(events: readonly EventToWrite[], fields: readonly string[]): readonly EventToWrite[] {
  const strip = (data: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(data).filter(([name]) => !fields.includes(name)));
  return events.map(({ type, data }) => ({ type, data: strip(data) }));
}
