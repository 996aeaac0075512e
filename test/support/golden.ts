import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Finding } from '../../src/edi/finding.ts';
import { validateData } from '../../src/events/validate.ts';
import type { TranslatedFile } from './translated-file.ts';

/**
 * Compares what a document gave with the files beside it: `NAME.json` holds its events, `NAME.findings.txt` its findings, one
 * a line. A file that is absent stands for "none". With UPDATE=1 in the environment the files are written instead.
 */
export function assertGolden(documentFile: string, { events, findings }: TranslatedFile): void {
  const name = documentFile.slice(0, -'.edi'.length);
  assertFile(`${name}.json`, events.length === 0 ? null : `${JSON.stringify(events, null, 2)}\n`);
  assertFile(`${name}.findings.txt`, findings.length === 0 ? null : findings.map(findingLine).join(''));
  for (const { type, data } of events) {
    assert.deepEqual(validateData(type, data), [], `${type} breaks its published schema`);
  }
  assert.ok(events.length + findings.length > 0, 'the document gave neither events nor findings');
}

/** `CODE severity path value`, the parts of a finding that do not change with its wording. */
export function findingLine({ code, severity, path, value }: Finding): string {
  return `${[code, severity, path, ...(value === undefined ? [] : [value])].join(' ')}\n`;
}

/** Compares a text with a file; null stands for a file that is absent. With UPDATE=1 the file is written or removed. */
export function assertFile(file: string, actual: string | null): void {
  if (process.env.UPDATE === '1') {
    if (actual === null) rmSync(file, { force: true });
    else writeFileSync(file, actual);
    return;
  }
  const expected = existsSync(file) ? readFileSync(file, 'utf8') : null;
  assert.equal(actual, expected, `differs from ${file}; UPDATE=1 writes it anew`);
}
