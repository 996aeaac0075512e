import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './crossdock.ts';

/**
 * A configuration that holds one shipped map with its tests, and the partners named: what a test may change as it likes. The
 * lock keeps the lines of what is there.
 */
export function mapFolder(folder: string, name: string, partners: readonly string[] = []): void {
  const [standard = ''] = name.split('/');
  mkdirSync(join(folder, 'partners'));
  const copied = [
    `maps/codes`,
    `maps/${standard}/parts.yaml`,
    `maps/${name}`,
    ...partners.map((id) => `partners/${id}`),
  ];
  for (const path of copied) cpSync(join(CHECKOUT, path), join(folder, path), { recursive: true });
  const lock = readFileSync(join(CHECKOUT, 'maps/maps.lock'), 'utf8').split('\n');
  const kept = lock.filter(
    (line) =>
      line.startsWith('#') ||
      /^codes\//.test(line) ||
      line.startsWith(`${standard}/parts `) ||
      line.startsWith(`${name}@`),
  );
  writeFileSync(join(folder, 'maps/maps.lock'), `${kept.join('\n')}\n`);
}

/** Changes a file below a folder; the text to be changed must be there. */
export function changeFile(folder: string, path: string, from: string, to: string): void {
  const file = join(folder, path);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  writeFileSync(file, text.replace(from, to));
}
