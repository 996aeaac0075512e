import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { createIds } from '../../src/util/ids.ts';
import { newFile } from '../contracts/ledger-samples.ts';
import { tempFolder } from '../support/temp-folder.ts';

const NOON = Date.UTC(2026, 11, 4, 12);
const HOUR = 3_600_000;

describe('opening a ledger whose process died', () => {
  const folder = tempFolder();

  it('makes due at once what that process had claimed', async () => {
    const file = join(folder(), 'ledger.sqlite');
    const ids = createIds({ now: () => NOON });
    const first = await openSqliteLedger({ file, ids });
    await first.recordFiles([newFile('f1')]);
    assert.equal((await first.claim('split', 1, NOON, HOUR)).length, 1);
    assert.equal((await first.claim('split', 1, NOON, HOUR)).length, 0);
    await first.close();

    const second = await openSqliteLedger({ file, ids });
    const [claim] = await second.claim('split', 1, NOON, HOUR);
    assert.equal(claim?.subjectId, 'f1');
    assert.equal(claim.attempt, 2);
    await second.close();
  });

  it('claims what was held alone after the rest, so that the same work does not come first at each start', async () => {
    const file = join(folder(), 'alone.sqlite');
    const ids = createIds({ now: () => NOON });
    const first = await openSqliteLedger({ file, ids });
    await first.recordFiles([newFile('f1'), newFile('f2')]);
    await first.claim('split', 2, NOON, HOUR);
    await first.close();

    const second = await openSqliteLedger({ file, ids });
    const [alone] = await second.claim('split', 1, NOON, HOUR, true);
    assert.equal(alone?.subjectId, 'f1');
    await second.close();

    const third = await openSqliteLedger({ file, ids });
    const claims = await third.claim('split', 2, NOON, HOUR);
    assert.deepEqual(
      claims.map(({ subjectId, lost }) => [subjectId, lost]),
      [
        ['f2', 1],
        ['f1', 2],
      ],
    );
    await third.close();
  });

  it('leaves what failed to the time of its next try', async () => {
    const file = join(folder(), 'retry.sqlite');
    const ids = createIds({ now: () => NOON });
    const first = await openSqliteLedger({ file, ids });
    await first.recordFiles([newFile('f1')]);
    const [claim] = await first.claim('split', 1, NOON, HOUR);
    assert.ok(claim !== undefined);
    await first.fail(claim, NOON, 'no', NOON + HOUR, { code: 'WORK_GAVE_UP', text: 'no' });
    await first.close();

    const second = await openSqliteLedger({ file, ids });
    assert.equal(await second.nextDueAt('split'), NOON + HOUR);
    await second.close();
  });
});
