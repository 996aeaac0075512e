import assert from 'node:assert/strict';
import type { Ledger } from '../../src/ledger/types.ts';
import type { OpenLedger } from './ledger.ts';
import { NOON } from './ledger-samples.ts';

/** What every ledger promises about its audit log. */
export function ledgerAuditContract(name: string, open: OpenLedger): void {
  describe(`ledger contract, audit log (${name})`, () => {
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await open();
    });
    afterEach(() => ledger.close());

    const act = (target: string) =>
      ledger.audit({ actor: 'ana', action: 'exception.resolved', target, details: { because: 'café ☕' } }, NOON);

    it('is intact while it is empty', async () => {
      const verdict = await ledger.verifyAudit(null);
      assert.deepEqual([verdict.intact, verdict.rows], [true, 0]);
    });

    it('keeps each act in order, bound to the one before', async () => {
      const rows = [await act('x1'), await act('x2')];
      assert.deepEqual(await ledger.auditTrail(0, 10), rows);
      assert.deepEqual(await ledger.auditTrail(1, 10), rows.slice(1));
      assert.deepEqual(await ledger.verifyAudit(null), { intact: true, rows: 2, head: rows[1]?.hash, text: '' });
      assert.notEqual(rows[0]?.hash, rows[1]?.hash);
    });

    it('numbers acts of the same moment without a gap', async () => {
      await Promise.all(Array.from({ length: 40 }, (_, index) => act(`x${index}`)));
      assert.deepEqual(
        (await ledger.auditTrail(0, 100)).map(({ seq }) => seq),
        Array.from({ length: 40 }, (_, index) => index + 1),
      );
      assert.equal((await ledger.verifyAudit(null)).intact, true);
    });

    it('still holds a head that was kept elsewhere, and knows one that it never had', async () => {
      const { hash } = await act('x1');
      await act('x2');
      assert.equal((await ledger.verifyAudit(hash)).intact, true);
      const verdict = await ledger.verifyAudit('f'.repeat(64));
      assert.equal(verdict.intact, false);
      assert.match(verdict.text, /no longer among the rows/);
    });

    it('goes through thousands of rows', async () => {
      for (let from = 0; from < 2_200; from += 50) {
        await Promise.all(Array.from({ length: 50 }, (_, index) => act(`x${from + index}`)));
      }
      assert.equal((await ledger.verifyAudit(null)).rows, 2_200);
    }).timeout(60_000);
  });
}
