import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePartner } from '../../src/partners/parse.ts';
import { ROOT, sourceFiles } from '../support/source-files.ts';
import { tableRows } from './page.ts';

const page = readFileSync(join(ROOT, 'docs/partners.md'), 'utf8');
const [whole = '', ...parts] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');

/** The whole example with the keys of a smaller one in place of its own. */
function withKeys(part: string): string {
  const keys = [...part.matchAll(/^(\w+):/gm)].map((match) => match[1]);
  const own = whole.split(/^(?=\w)/m).filter((piece) => !keys.includes(piece.slice(0, piece.indexOf(':'))));
  return own.join('') + part;
}

function problemsOf(text: string): readonly string[] {
  const { problems } = parsePartner({ id: 'acme-3pl', folder: 'partners/acme-3pl', file: 'partner.yaml', text });
  return problems.map(({ code, what }) => `${code} ${what}`);
}

describe('docs/partners.md', () => {
  it('shows a whole file without a problem', () => {
    assert.deepEqual(problemsOf(whole), []);
  });

  for (const part of parts) {
    it(`shows ${part.split('\n').slice(0, 3).join(' ').replaceAll(/\s+/g, ' ')}`, () => {
      // The outbound line goes out on a connection that these examples put others in place of.
      assert.deepEqual(problemsOf(withKeys(part).replace(/^outbound:\n.*\n/m, '')), []);
    });
  }

  it('names every key and kind of connection that a partner file may have, and no other', () => {
    const sources = sourceFiles('src/partners').map(({ text }) => text);
    const lists = sources.flatMap((text) => [
      ...text.matchAll(/\b(?:required:|optional:|KINDS =|[A-Z_]+_KEYS =) \[([^\]]*)\]/g),
    ]);
    const known = lists.flatMap(([, list]) => [...(list ?? '').matchAll(/'(\w+)'/g)].map((match) => match[1] ?? ''));
    const cells = tableRows(page).map(([cell]) => cell ?? '');
    const named = cells.flatMap((cell) => [...cell.matchAll(/`(?:\{ )?(\w+)/g)].map((match) => match[1] ?? ''));
    const certificates = ['theirs', 'ours'];
    const ready = ['stable', 'immediate'];
    assert.deepEqual(
      [...new Set([...named, ...certificates])].filter((word) => !ready.includes(word)).sort(),
      [...new Set(known)].sort(),
    );
  });
});
