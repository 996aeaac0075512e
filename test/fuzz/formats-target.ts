import assert from 'node:assert/strict';
import type { Finding } from '../../src/edi/finding.ts';
import { readCsv } from '../../src/formats/csv.ts';
import { readFixedWidth } from '../../src/formats/fixed.ts';
import { identifyFormat } from '../../src/formats/identify.ts';
import { inspectFormat } from '../../src/formats/inspect.ts';
import { readJson } from '../../src/formats/json.ts';
import type { TreeNode } from '../../src/formats/tree.ts';
import { readXml } from '../../src/formats/xml.ts';

const LAYOUT = {
  tag: { from: 1, length: 1 },
  records: [
    { name: 'head', tag: 'H', fields: [{ name: 'sender', from: 4, length: 6 }] },
    {
      name: 'line',
      tag: 'L',
      fields: [
        { name: 'sku', from: 4, length: 6 },
        { name: 'quantity', from: 10, length: 6 },
      ],
    },
  ],
};

/** Reads bytes as XML, JSON, CSV and fixed-width records, whatever they are; throws where a promise is broken. */
export function fuzzFormats(file: Buffer): void {
  const format = identifyFormat(file);
  if (format === 'xml' || format === 'json' || format === 'csv') inspectFormat(format, file, file.length);
  const xml = readXml(file);
  const json = readJson(file);
  for (const { root, findings } of [xml, json]) {
    assert.ok(root !== null || findings.length > 0, 'neither a tree nor a finding');
    if (root !== null) checkTree(root, file);
    checkFindings(findings, file);
  }
  for (const { records, findings } of [readCsv(file), readFixedWidth(file, LAYOUT)]) {
    for (const record of records) {
      checkTree(record.node, file);
      checkFindings(record.findings, file);
    }
    checkFindings(findings, file);
  }
}

function checkTree(root: TreeNode, { length }: Buffer): void {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { start, end } = node;
    assert.ok(
      0 <= start && start <= end && end <= length,
      `${node.kind} "${node.name}" at ${start} to ${end} of ${length}`,
    );
    open.push(...node.children);
  }
}

function checkFindings(findings: readonly Finding[], { length }: Buffer): void {
  for (const { code, position } of findings) {
    assert.ok(position.byte >= 0 && position.byte <= length, `${code} at byte ${position.byte} of ${length}`);
  }
}
