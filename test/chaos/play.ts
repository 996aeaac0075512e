import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../support/crossdock.ts';
import { getSoftware, installCommand } from '../support/servers/binaries.ts';
import type { Outcome } from './report.ts';
import type { Row, Shown } from './row.ts';
import { createStage } from './stage.ts';

export interface PlayOptions {
  readonly seed: number;
  readonly count: number | null;
  /** Told each line of the fault log as it is written. */
  readonly log: (line: string) => void;
}

/** Every row there is, by number; each is a file in `rows/`. */
export async function loadRows(): Promise<readonly Row[]> {
  const folder = join(import.meta.dirname, 'rows');
  const files = globSync('F*.ts', { cwd: folder }).sort();
  const modules: readonly { readonly row: Row }[] = await Promise.all(
    files.map(async (file): Promise<{ readonly row: Row }> => import(join(folder, file))),
  );
  return modules.map(({ row }) => row).sort((a, b) => a.number - b.number);
}

/** Plays one row to its end; a stage of its own goes with it. */
export async function play(row: Row, { seed, count, log }: PlayOptions): Promise<Outcome> {
  const began = performance.now();
  const faults: string[] = [];
  const outcome = (result: Outcome['result'], says: string): Outcome => ({
    row,
    result,
    says,
    seconds: result === 'skipped' ? 0 : (performance.now() - began) / 1_000,
    faults,
  });
  const why = whyNot(row);
  if (why !== null) return outcome('skipped', why);
  const stage = createStage({
    seed: seed + row.number,
    count,
    log: (line) => {
      faults.push(line);
      log(line);
    },
  });
  try {
    if (row.run !== undefined) await row.run(stage);
    else if (typeof row.gate === 'object') stage.say(await showBySuite(row.gate));
    else throw new Error('The row has nothing that shows it.');
    return outcome('passed', '');
  } catch (error) {
    return outcome('failed', error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    await stage.close();
  }
}

/** Why a row cannot be played here; null when it can. */
function whyNot(row: Row): string | null {
  if (row.notYet !== undefined) return `not applicable yet: ${row.notYet}`;
  if (row.root === true && process.getuid?.() !== 0) return 'only root may mount a file system';
  for (const software of row.needs ?? []) {
    const found = getSoftware(software);
    if ('why' in found) return `needs ${software.name}, which is not here (${found.why}): ${installCommand(software)}`;
  }
  return row.unless?.() ?? null;
}

/** Runs a test of the suite; answers what mocha counted. */
function showBySuite({ file, title }: Shown): Promise<string> {
  const mocha = spawn(join(CHECKOUT, 'node_modules/.bin/mocha'), [file, '--grep', title, '--reporter', 'json'], {
    cwd: CHECKOUT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  mocha.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    mocha.on('error', reject);
    mocha.on('close', (code) => {
      const passes = /"passes": (\d+)/.exec(text)?.[1] ?? '0';
      if (code === 0 && passes !== '0') resolve(`${file}: ${passes} tests passed`);
      else
        reject(new Error(`${file} --grep '${title}' ended with ${code}, ${passes} passed:\n${text.slice(0, 4_000)}`));
    });
  });
}
