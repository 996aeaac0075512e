import assert from 'node:assert/strict';
import { sampleDocument, spoiledDocument } from '../../src/cli/sample-document.ts';
import { GatewayError } from '../../src/errors.ts';
import { FAULT_NAMES, FAULTS } from '../../src/mapping/sampling/faults.ts';
import { TREE_FAULT_NAMES, TREE_FAULTS, type TreeFault } from '../../src/mapping/sampling/tree-faults.ts';
import { translateFile, translateTreeFile } from '../../src/mapping/trials/translated-file.ts';
import { isSegmentDocument } from '../../src/mapping/types.ts';
import { dictionaries, shippedLibrary, shippedMap } from './support/maps.ts';

const SIZES = ['minimal', 'usual', 'maximal'] as const;
const SEEDS = [1, 2];

describe('Documents that a map makes up', function () {
  this.timeout(120_000);

  for (const map of shippedLibrary.maps) {
    it(`${map.pin}: are valid and are read by the map, of every size`, () => {
      for (const size of SIZES) {
        for (const seed of SEEDS) {
          const { bytes } = sampleDocument(map, dictionaries, size, seed);
          const chosen = { map, partnerId: 'p', timezone: null };
          const { events, findings } = isSegmentDocument(map.document)
            ? translateFile(bytes, dictionaries, () => chosen)
            : translateTreeFile(bytes, chosen);
          const faults = findings.filter(({ severity }) => severity !== 'note');
          assert.deepEqual(faults, [], `${size}, seed ${seed}: ${bytes.toString('latin1')}`);
          assert.ok(events.length > 0);
        }
      }
    });
  }

  it('are the same for the same seed, and others for another', () => {
    const document = (seed: number): string =>
      sampleDocument(shippedMap('x12/940@1.0.0'), dictionaries, 'usual', seed).bytes.toString();
    assert.equal(document(5), document(5));
    assert.notEqual(document(5), document(6));
  });

  it('say more the larger they are', () => {
    const length = (size: (typeof SIZES)[number]): number =>
      sampleDocument(shippedMap('x12/856@1.0.0'), dictionaries, size, 1).bytes.length;
    assert.ok(length('minimal') < length('usual') && length('usual') < length('maximal'));
  });
});

describe('A document that a map makes up with a fault', function () {
  this.timeout(120_000);

  /** Faults that a document of the map has no room for: its tables list no codes, its dates are texts with a format beside. */
  const impossible: Readonly<Record<string, readonly string[]>> = {
    'x12/940@1.0.0': ['bad-code'],
    'x12/856@1.0.0': [],
    'edifact/iftsta@1.0.0': ['bad-code', 'bad-date'],
  };
  for (const [pin, without] of Object.entries(impossible)) {
    const map = shippedMap(pin);
    const sample = sampleDocument(map, dictionaries, 'maximal', 1);
    for (const fault of FAULT_NAMES.filter((name) => !without.includes(name))) {
      it(`${pin}: ${fault} is found`, () => {
        const bytes = spoiledDocument(sample, fault, map, dictionaries);
        const { findings } = translateFile(bytes, dictionaries, () => null);
        const found = findings.map(({ code, path }) => `${code} ${path}`).join(', ');
        assert.ok(
          findings.some(({ code }) => code === FAULTS[fault].code),
          `${found}\n${bytes}`,
        );
      });
    }
    it(`${pin}: ${without.join(' and ') || 'no fault'} is refused`, () => {
      const refused = FAULT_NAMES.filter((fault) => {
        try {
          spoiledDocument(sample, fault, map, dictionaries);
          return false;
        } catch (error) {
          return error instanceof GatewayError && error.code === 'REQUEST_INVALID';
        }
      });
      assert.deepEqual(refused, without);
    });
  }
});

describe('A document of JSON, XML or CSV that a map makes up with a fault', function () {
  this.timeout(120_000);

  /** Only JSON and XML can be cut off, only objects say a name twice, only rows lack a cell; these maps take any code. */
  const impossible: Readonly<Record<string, readonly TreeFault[]>> = {
    'csv/inventory@1.0.0': ['truncated', 'name-twice', 'bad-code'],
    'csv/orders@1.0.0': ['truncated', 'name-twice', 'bad-code'],
    'json/load-order@1.0.0': ['cell-missing'],
    'json/tracking@1.0.0': ['cell-missing', 'bad-code'],
    'xml/sap-desadv@1.0.0': ['name-twice', 'cell-missing', 'bad-code'],
    'xml/sap-shpmnt@1.0.0': ['name-twice', 'cell-missing', 'missing-value', 'bad-code'],
  };

  it('is tried of every map', () => {
    const maps = shippedLibrary.maps.filter(({ document }) => !isSegmentDocument(document));
    assert.deepEqual(maps.map(({ pin }) => pin).sort(), Object.keys(impossible));
  });

  for (const [pin, without] of Object.entries(impossible)) {
    it(`${pin}: has each fault and no other, or is refused`, () => {
      const map = shippedMap(pin);
      const sample = sampleDocument(map, dictionaries, 'maximal', 1);
      for (const fault of TREE_FAULT_NAMES) {
        const spoil = (): Buffer => spoiledDocument(sample, fault, map, dictionaries);
        if (without.includes(fault)) {
          assert.throws(spoil, /REQUEST_INVALID|nothing that could have the fault/, fault);
          continue;
        }
        const { findings } = translateTreeFile(spoil(), { map, partnerId: 'p', timezone: null });
        const [first, ...others] = new Set(findings.map(({ code }) => code));
        assert.deepEqual([first, others], [TREE_FAULTS[fault].code, []], fault);
      }
      assert.throws(() => spoiledDocument(sample, 'segment-count', map, dictionaries), /nothing that could have/);
    });
  }
});
