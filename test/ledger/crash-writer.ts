import { writeSync } from 'node:fs';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createIds } from '../../src/util/ids.ts';
import { newFile, newSplit, newTranslation } from '../contracts/ledger-samples.ts';

/**
 * Takes in files and works on them until it is killed. Prints `open` once, then a line for each thing that was
 * acknowledged: `file <id>` and `event <id>`.
 */
const [file = ''] = process.argv.slice(2);
const clock = systemClock;
const ids = createIds(clock);
const ledger = await openSqliteLedger({ file, ids });
const say = (line: string) => writeSync(1, `${line}\n`);
say('open');

for (;;) {
  const files = Array.from({ length: 8 }, () => newFile(ids('fil'), { receivedAt: clock.now() }));
  await ledger.recordFiles(files);
  for (const { id } of files) say(`file ${id}`);
  const split = await ledger.claim('split', 8, clock.now(), 50);
  await ledger.recordSplit(
    split.map((claim) => {
      const documents = Array.from({ length: 5 }, () => ids('doc'));
      return { claim, result: newSplit(claim.subjectId, documents) };
    }),
    clock.now(),
  );
  const translate = await ledger.claim('translate', 30, clock.now(), 50);
  const documents = await ledger.documentsByIds(translate.map(({ subjectId }) => subjectId));
  const fileOf = new Map(documents.map(({ id, fileId }) => [id, fileId]));
  await ledger.recordTranslations(
    translate.map((claim) => {
      const { subjectId } = claim;
      return { claim, result: newTranslation(subjectId, fileOf.get(subjectId) ?? '', [`event of ${subjectId}`]) };
    }),
    clock.now(),
  );
  for (const { subjectId } of translate) say(`event event of ${subjectId}`);
}
