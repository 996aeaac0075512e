import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readUnDirectory } from '../../src/dictionaries/import-un.ts';
import { checkTables, createLazyDictionary } from '../../src/edi/dictionary/table-source.ts';
import type { LoopNode, SegmentNode } from '../../src/edi/dictionary/types.ts';
import { countDirectory, countMessage } from '../../src/edi/dictionary/untdid/counts.ts';
import { tablesOf } from '../../src/edi/dictionary/untdid/write-tables.ts';
import {
  DIRECTORIES_VARIABLE,
  directoriesFolder,
  type ExpectedDirectory,
  expectedDirectories,
  expectedTrees,
} from './published-directories.ts';

/**
 * From D.00B on the name of SPS goes over two lines in the table of QALITY (rows 0250, 0510, 0850, 1180). The independent
 * counts left such rows out; up to D.99B, where the name stands on one line, they have them.
 */
const WRAPPED = { message: 'QALITY', rows: 4, since: ['D00B', 'D01A', 'D01B', 'D04A', 'D07B', 'D10B', 'D16A', 'D21B'] };

/** Messages that are no part of a directory: the service message of ISO 9735. */
const NOT_IN_DIRECTORIES = ['CONTRL'];

function withWrappedRows(release: string, expected: ExpectedDirectory): ExpectedDirectory {
  const table = expected.messageTables[WRAPPED.message];
  if (!WRAPPED.since.includes(release) || table === undefined) return expected;
  return {
    ...expected,
    segmentRowsInMessageTables: expected.segmentRowsInMessageTables + WRAPPED.rows,
    messageTables: { ...expected.messageTables, [WRAPPED.message]: { ...table, rows: table.rows + WRAPPED.rows } },
  };
}

/** The outline of a set: `TAG M 1`, `g1 C 10`, two blanks a level. */
function outlineOf(root: LoopNode): readonly string[] {
  let groups = 0;
  const linesOf = (node: SegmentNode | LoopNode, indent: string): readonly string[] => {
    const uses = `${node.requirement === 'M' ? 'M' : 'C'} ${node.max}`;
    if (node.kind === 'segment') return [`${indent}${node.tag} ${uses}`];
    groups++;
    return [`${indent}g${groups} ${uses}`, ...node.children.flatMap((child) => linesOf(child, `${indent}  `))];
  };
  return root.children.flatMap((node) => linesOf(node, ''));
}

describe('The directories that the UN published', () => {
  const folder = directoriesFolder();
  if (folder === null) {
    it(`are not here: ${DIRECTORIES_VARIABLE} names no folder of them, so no published directory was read`, () => {
      process.stderr.write(`UN directories: none found; set ${DIRECTORIES_VARIABLE} to a folder of their zips.\n`);
    });
    return;
  }

  const trees = expectedTrees(folder).filter(({ message }) => !NOT_IN_DIRECTORIES.includes(message));
  for (const [release, counted] of Object.entries(expectedDirectories(folder))) {
    it(`${release} is read whole, as an independent parser counted it`, async () => {
      const expected = withWrappedRows(release, counted);
      const { directory } = await readUnDirectory(join(folder, expected.zip));
      assert.equal(directory.release, release);
      assert.deepEqual(countDirectory(directory), {
        messages: expected.messages,
        segmentRows: expected.segmentRowsInMessageTables,
        segmentGroups: expected.segmentGroups,
        segments: expected.segments,
        segmentPositions: expected.segmentDataPositions,
        composites: expected.composites,
        components: expected.compositeComponents,
        elements: expected.elements,
        codeLists: expected.codeLists,
        codes: expected.codes,
      });
      const { messages, segments, codes } = directory;
      const tables = messages.map(({ type, children }) => [type, countMessage(children)]);
      assert.deepEqual(Object.fromEntries(tables), expected.messageTables);
      const unbalanced = messages.filter(({ balanced }) => !balanced).map(({ type }) => type);
      assert.deepEqual(unbalanced, expected.unbalancedTables);
      const positions = [...segments].map(([tag, elements]) => [tag, elements.length]);
      assert.deepEqual(Object.fromEntries(positions), expected.segmentElements);
      const lists = Object.keys(expected.codesPerElement).map((element) => [element, codes.get(element)?.length]);
      assert.deepEqual(Object.fromEntries(lists), expected.codesPerElement);
      const { source } = tablesOf(directory);
      assert.deepEqual(checkTables(source), []);
      const dictionary = createLazyDictionary(source);
      for (const tree of trees.filter((one) => one.release === release)) {
        const root = dictionary.set(tree.message)?.root;
        assert.deepEqual(root === undefined ? [] : outlineOf(root), tree.lines, `${tree.message} ${release}`);
      }
    });
  }

  it('are those that the message trees to compare with are of', () => {
    const releases = Object.keys(expectedDirectories(folder));
    assert.ok(trees.length > 0);
    assert.deepEqual(
      trees.filter(({ release }) => !releases.includes(release)),
      [],
    );
  });
});
