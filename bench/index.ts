import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchmarkAs2 } from './as2.ts';
import { benchmarkCheck } from './check.ts';
import { benchmarkFeed } from './feed.ts';
import { benchmarkLedger } from './ledger.ts';
import { benchmarkRead } from './read.ts';
import { machine, machineLine, type Row, table } from './report.ts';
import { benchmarkRestart } from './restart.ts';
import { benchmarkScaled } from './scaled.ts';
import { benchmarkSftp } from './sftp.ts';
import { benchmarkTranslate } from './translate.ts';

const BENCHMARKS: Readonly<Record<string, (all: boolean) => Promise<readonly Row[]>>> = {
  read: benchmarkRead,
  check: benchmarkCheck,
  translate: benchmarkTranslate,
  feed: benchmarkFeed,
  ledger: benchmarkLedger,
  scaled: benchmarkScaled,
  restart: benchmarkRestart,
  as2: benchmarkAs2,
  sftp: benchmarkSftp,
};

const USAGE = `npm run bench [-- NAME… --all --json FILE]
NAME: ${Object.keys(BENCHMARKS).join(', ')}; without one, each of them.
--all adds what takes minutes or gigabytes. --json also writes the figures to a file.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean', default: false }, json: { type: 'string' }, help: { type: 'boolean' } },
});
const names = positionals.length === 0 ? Object.keys(BENCHMARKS) : positionals;
if (values.help === true || names.some((name) => !Object.hasOwn(BENCHMARKS, name))) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(values.help === true ? 0 : 2);
}

const measuredOn = machine();
const rows: Row[] = [];
for (const name of names) {
  process.stderr.write(`${name}…\n`);
  rows.push(...((await BENCHMARKS[name]?.(values.all)) ?? []));
}
process.stdout.write(`${machineLine(measuredOn)}\nmedian [lowest..highest round]\n\n${table(rows)}\n`);
if (values.json !== undefined) {
  await writeFile(values.json, `${JSON.stringify({ machine: measuredOn, rows }, null, 2)}\n`);
}
