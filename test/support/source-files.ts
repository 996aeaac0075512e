import { globSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** One source file with what it imports. */
export interface SourceFile {
  /** From the root: `src/edi/read.ts`. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** Files of this project. */
  readonly files: readonly string[];
  /** Packages and `node:` modules, as written. */
  readonly modules: readonly string[];
}

/** `import … from 'x'`, `export … from 'x'`, `import 'x'`, and `import('x')` at run time. */
const IMPORTS = /^(?:import|export|\})(?:[^'\n]* from)? '([^']+)'|\bimport\('([^']+)'\)/gm;

/** Every TypeScript file below a folder of the checkout. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  return globSync(`${folder}/**/*.ts`, { cwd: ROOT })
    .sort()
    .map((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      const named = [...text.matchAll(IMPORTS)].map(([, plain, lazy]) => plain ?? lazy ?? '');
      const own = named.filter((name) => name.startsWith('.'));
      return {
        path,
        text,
        lines: text.split('\n').length - 1,
        files: own.map((name) => normalize(join(path, '..', name))),
        modules: named.filter((name) => !name.startsWith('.')),
      };
    });
}
