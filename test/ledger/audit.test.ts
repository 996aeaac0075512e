import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteLedger, openSqliteLedgerForReading } from '../../src/ledger/sqlite.ts';
import type { AuditVerdict } from '../../src/ledger/types.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import { NOON } from '../contracts/ledger-samples.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ids = createIds(systemClock);

describe('the audit log of somebody who can write the database', () => {
  const folder = tempFolder();
  const file = () => join(folder(), 'ledger.sqlite');

  beforeEach(async () => {
    const ledger = await openSqliteLedger({ file: file(), ids });
    for (const target of ['x1', 'x2', 'x3']) {
      await ledger.audit({ actor: 'ana', action: 'exception.resolved', target, details: {} }, NOON);
    }
    await ledger.close();
  });

  const tamper = (statement: string): void => {
    const database = new DatabaseSync(file());
    try {
      database.exec(statement);
    } finally {
      database.close();
    }
  };
  const withoutGuard = (statement: string): void => {
    tamper(`drop trigger audit_keeps_update; drop trigger audit_keeps_delete; ${statement}`);
  };
  const verify = async (head: string | null = null): Promise<AuditVerdict> => {
    const ledger = await openSqliteLedgerForReading({ file: file() });
    try {
      return await ledger.verifyAudit(head);
    } finally {
      await ledger.close();
    }
  };

  it('refuses to be changed or shortened', () => {
    assert.throws(() => tamper("update audit set actor = 'bob' where seq = 2"), /append-only/);
    assert.throws(() => tamper('delete from audit where seq = 2'), /append-only/);
  });

  const TAMPERED = [
    ['a changed row', "update audit set actor = 'bob' where seq = 2", /Row 2 is not as it was written/],
    ['a row that is gone', 'delete from audit where seq = 2', /Row 2 is missing: row 3 comes next/],
    [
      'rows that changed places',
      'update audit set seq = 9 where seq = 2; update audit set seq = 2 where seq = 3; update audit set seq = 3 where seq = 9',
      /Row 2 is not as it was written/,
    ],
    ['an added row', "insert into audit values (4, 0, 'eve', 'x', '', '{}', 'ff')", /Row 4 is not as it was written/],
  ] as const;
  for (const [what, statement, text] of TAMPERED) {
    it(`shows ${what}, guard or no guard`, async () => {
      withoutGuard(statement);
      const verdict = await verify();
      assert.equal(verdict.intact, false);
      assert.match(verdict.text, text);
    });
  }

  it('shows rows that were cut off the end to whoever kept the head', async () => {
    const { head } = await verify();
    withoutGuard('delete from audit where seq = 3');
    assert.equal((await verify()).intact, true);
    assert.match((await verify(head)).text, /cut off/);
  });
});
