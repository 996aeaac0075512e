import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/source-files.ts';

const pages = globSync(['*.md', 'docs/**/*.md', 'partners/*/NOTES.md'], { cwd: ROOT }).sort();

/** The name GitHub gives a heading. */
function anchorOf(heading: string): string {
  const words = heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '');
  return words.replaceAll(' ', '-');
}

/** Files of the source that a page names as code. */
function namedFiles(text: string): readonly string[] {
  return [...text.matchAll(/`((?:src|test|scripts|bench|docs)\/[\w./-]+)`/g)].map((match) => match[1] ?? '');
}

describe('links of the documentation', () => {
  for (const page of pages) {
    it(`${page} leads somewhere`, () => {
      const text = readFileSync(join(ROOT, page), 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
      for (const file of namedFiles(text)) assert.ok(existsSync(join(ROOT, file)), `${page} names ${file}`);
      const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
      for (const link of links.filter((target) => !/^[a-z]+:/.test(target))) {
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? page : join(dirname(page), path);
        assert.ok(existsSync(join(ROOT, target)), `${page} links to ${link}`);
        if (anchor === undefined) continue;
        const headings = [...readFileSync(join(ROOT, target), 'utf8').matchAll(/^#+ (.*)$/gm)];
        assert.ok(
          headings.some(([, heading]) => anchorOf(heading ?? '') === anchor),
          `${page} links to ${link}`,
        );
      }
    });
  }
});
