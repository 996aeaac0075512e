import assert from 'node:assert/strict';
import { loadPrecedents } from '../../src/inbound/precedents.ts';

const DAY = 24 * 3_600_000;

describe('interchanges accepted before', () => {
  const old = { id: 'int_1', contentHash: 'abc', receivedAt: 0 };
  const ledger = { acceptedInterchanges: async () => new Map([['ZZ/ACME ZZ/OURCO 905', old]]) };

  it('count for 400 days, after which a control number may come round again', async () => {
    const precedents = await loadPrecedents(ledger, []);
    assert.equal(precedents.find('ZZ/ACME ZZ/OURCO 905', 400 * DAY), old);
    assert.equal(precedents.find('ZZ/ACME ZZ/OURCO 905', 401 * DAY), undefined);
    assert.equal(precedents.find('ZZ/ACME ZZ/OURCO 906', 0), undefined);
  });

  it('are also those of the batch that the ledger does not know yet', async () => {
    const precedents = await loadPrecedents(ledger, []);
    const fresh = { id: 'int_2', contentHash: 'def', receivedAt: 500 * DAY };
    precedents.add('ZZ/ACME ZZ/OURCO 905', fresh);
    assert.equal(precedents.find('ZZ/ACME ZZ/OURCO 905', 501 * DAY), fresh);
  });
});
