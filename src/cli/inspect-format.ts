import { accepted } from '../edi/finding.ts';
import { type FormatInspection, inspectFormat, type TreeFormat } from '../formats/inspect.ts';
import { TABLE_LIMITS } from '../formats/limits.ts';
import { EXIT } from './exit.ts';
import { findingLines } from './findings-table.ts';
import { printLine, visible } from './output.ts';

/** Prints what a file without interchanges is; gives the exit code. */
export async function printFormat(format: TreeFormat, chunks: AsyncIterable<Buffer>, json: boolean): Promise<number> {
  const { bytes, size } = await collect(chunks, TABLE_LIMITS.bytes + 1);
  const inspection = inspectFormat(format, bytes, size);
  const lines = json ? [JSON.stringify(inspection)] : describe(inspection);
  for (const line of lines) await printLine(line);
  return accepted(inspection.findings) ? EXIT.ok : EXIT.rejected;
}

function describe({
  format,
  root,
  columns,
  paths,
  pathsCut,
  records,
  bytes,
  findings,
}: FormatInspection): readonly string[] {
  const shape = columns === undefined ? ` ${root ?? '(unreadable)'}` : ` with ${counted(columns.length, 'column')}`;
  const wide = Math.max(0, ...(paths ?? []).map(({ path }) => path.length));
  return [
    visible(`${format}${shape}, ${counted(records, 'record')}, ${counted(bytes, 'byte')}`),
    ...(columns ?? []).map((column, index) => visible(`  column ${index + 1}: ${column}`)),
    ...(paths ?? []).map(({ path, count, example }) => {
      const shown = example === undefined ? '' : `  ${JSON.stringify(example)}`;
      return visible(`  ${path.padEnd(wide)}  ${count}${shown}`);
    }),
    ...(pathsCut === true ? ['  More paths are not shown: names seem to be data here.'] : []),
    ...findings.map(findingLines),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The bytes of a file up to a limit, and how many there are. */
async function collect(
  chunks: AsyncIterable<Buffer>,
  limit: number,
): Promise<{ readonly bytes: Buffer; readonly size: number }> {
  const kept: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    if (size < limit) kept.push(chunk.subarray(0, limit - size));
    size += chunk.length;
  }
  return { bytes: Buffer.concat(kept), size };
}
