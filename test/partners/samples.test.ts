import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { runReadTrial } from '../../src/cli/map-trials.ts';
import { createDictionaries } from '../../src/edi/dictionary/index.ts';
import { loadMaps, type MapLibrary } from '../../src/mapping/library.ts';
import type { ChooseMap } from '../../src/mapping/trials/translated-file.ts';
import type { CompiledMap } from '../../src/mapping/types.ts';
import { findAgreement, inboundAgreement } from '../../src/partners/find.ts';
import { loadPartners } from '../../src/partners/load.ts';
import type { InboundAgreement, TradingPartner } from '../../src/partners/types.ts';
import { readFolder } from '../../src/util/read-folder.ts';
import { assertOutcome, UPDATE } from '../support/golden.ts';

const dictionaries = createDictionaries();

describe('samples of the partners', () => {
  const { partners, problems } = loadPartners('partners');
  let maps: MapLibrary;

  before(async () => {
    assert.deepEqual(problems, []);
    maps = loadMaps(await readFolder('maps', 'maps', ['.yaml', '.lock']), 'maps', dictionaries);
  });

  for (const partner of partners) {
    for (const file of globSync(`${partner.folder}/samples/*.edi`).sort()) {
      it(`${partner.id}: ${basename(file, '.edi').replaceAll('-', ' ')}`, () => {
        const choose: ChooseMap = (document, interchange) => {
          const found = findAgreement(partners, interchange, partner.id);
          assert.equal(found.partner, partner, 'the sample is addressed as its partner addresses us');
          const agreement = inboundAgreement(partner, document.type, document.release);
          if (agreement === undefined) return null;
          return { map: mapOf(maps, partner, agreement), partnerId: partner.id, timezone: partner.timezone };
        };
        assertOutcome(runReadTrial(file, choose, { dictionaries, update: UPDATE }));
      });
    }
  }
});

/** The map an agreement pins, with the partner's overlay laid over it where it has one. */
function mapOf(maps: MapLibrary, partner: TradingPartner, { at, map: pin, overlay }: InboundAgreement): CompiledMap {
  const path = `${partner.folder}/${overlay}`;
  const map =
    overlay === null ? maps.find(pin) : maps.overlaid(pin, { path, text: readFileSync(path, 'utf8') }, at).map;
  assert.ok(map, `no map ${pin}`);
  return map;
}
