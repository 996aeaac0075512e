import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { runReadTrial } from '../../src/cli/map-trials.ts';
import { createDictionaries } from '../../src/edi/dictionary/index.ts';
import type { ChooseMap } from '../../src/mapping/trials/translated-file.ts';
import { type Configuration, loadConfiguration } from '../../src/partners/configuration.ts';
import { documentAgreement, findAgreement } from '../../src/partners/find.ts';
import { loadPartners } from '../../src/partners/load.ts';
import { assertOutcome, UPDATE } from '../support/golden.ts';

const dictionaries = createDictionaries();

describe('samples of the partners', () => {
  const { partners } = loadPartners('partners');
  let configuration: Configuration;

  before(async () => {
    configuration = await loadConfiguration({ maps: resolve('maps'), partners: resolve('partners') }, dictionaries);
    assert.deepEqual(configuration.problems, []);
  });

  for (const partner of partners) {
    for (const file of globSync(`${partner.folder}/samples/*.edi`).sort()) {
      it(`${partner.id}: ${basename(file, '.edi').replaceAll('-', ' ')}`, () => {
        const choose: ChooseMap = (document, interchange) => {
          const found = findAgreement(configuration.partners, interchange, partner.id).partner;
          assert.ok(found?.id === partner.id, 'the sample is addressed as its partner addresses us');
          const agreed = documentAgreement(found, configuration, document);
          return agreed === null ? null : { map: agreed.map, partnerId: partner.id, timezone: partner.timezone };
        };
        assertOutcome(runReadTrial(file, choose, { dictionaries, update: UPDATE }));
      });
    }
  }
});
