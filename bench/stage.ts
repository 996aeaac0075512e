import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { x12File } from './generate.ts';

/** Packages that make a set of about 10 kB. */
const LARGE = 42;
/** Packages that make a set of about 1.4 kB. */
export const SMALL = 4;

/** A file that waits to be dropped, and the advices in it. */
export interface Staged {
  readonly name: string;
  readonly advices: readonly string[];
}

let controlNumber = 0;

/** Writes files of 856s; no two have a control number or an advice in common. */
export async function stage(
  folder: string,
  prefix: string,
  {
    files,
    sets = 1,
    packages = LARGE,
    sender,
  }: { readonly files: number; readonly sets?: number; readonly packages?: number; readonly sender?: string },
): Promise<readonly Staged[]> {
  const staged: Staged[] = [];
  for (let index = 0; index < files; index++) {
    controlNumber++;
    const from = sender === undefined ? {} : { sender };
    const bytes = x12File({ seed: controlNumber, sets, packages, controlNumber, ...from });
    const name = `${prefix}${String(index).padStart(6, '0')}.edi`;
    await writeFile(join(folder, name), bytes);
    const advices = [...bytes.toString('latin1').matchAll(/BSN\*00\*([^*]+)/g)].map(([, id = '']) => id);
    staged.push({ name, advices });
  }
  return staged;
}
