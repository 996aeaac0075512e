import { type Checked, createChecker } from '../edi/check/index.ts';
import type { Charset } from '../edi/delimiters.ts';
import type { Dictionaries } from '../edi/dictionary/types.ts';
import type { FunctionalGroup, ReadItem } from '../edi/envelope.ts';
import type { Finding } from '../edi/finding.ts';
import { accepted } from '../edi/finding.ts';
import { createReader } from '../edi/read.ts';

export type CheckedDocument = Extract<Checked, { kind: 'document' }>;

export interface FileReading {
  /** Everything found, in document order, envelope findings after the documents they close. */
  readonly findings: readonly Finding[];
  readonly bytes: number;
}

/** What a caller does while a file is read. */
export interface FileVisitor {
  /** In what the partner writes, whatever its envelopes say. */
  readonly charset?: Charset | undefined;
  /** What checking gave, as somebody else judges it. */
  graded?(checked: Checked): Checked;
  item?(item: ReadItem): void;
  /** What checking gave: documents, then their group, then its interchange. */
  checked?(checked: Checked): void;
  /**
   * A document without rejecting findings. Its interchange may yet be rejected: what is answered is called when that has
   * been accepted, so that it need not hold the document. Undefined where there is nothing to call: an interchange may hold
   * a million documents.
   */
  document?(document: CheckedDocument): (() => Promise<void>) | undefined;
}

/** Reads and checks a file as it comes; no document is kept. */
export async function readDocumentChunks(
  chunks: AsyncIterable<Buffer>,
  dictionaries: Dictionaries,
  visitor: FileVisitor,
): Promise<FileReading> {
  const checker = createChecker(dictionaries);
  const reader = createReader(visitor.charset);
  const findings: Finding[] = [];
  let waiting: { readonly group: FunctionalGroup; readonly tell: () => Promise<void> }[] = [];
  let bytes = 0;

  const take = async (item: ReadItem): Promise<void> => {
    visitor.item?.(item);
    const found = checker.check(item);
    if (found === null) return;
    const checked = visitor.graded?.(found) ?? found;
    findings.push(...checked.findings);
    visitor.checked?.(checked);
    if (checked.kind === 'document') {
      const tell = accepted(checked.findings) ? visitor.document?.(checked) : undefined;
      if (tell !== undefined) waiting.push({ group: checked.group, tell });
    } else if (checked.kind === 'group' && !accepted(checked.findings)) {
      waiting = waiting.filter(({ group }) => group !== checked.group);
    } else if (checked.kind === 'interchange') {
      const told = accepted(checked.findings) ? waiting : [];
      waiting = [];
      for (const { tell } of told) await tell();
    }
  };

  for await (const chunk of chunks) {
    bytes += chunk.length;
    for (const item of reader.push(chunk)) await take(item);
  }
  for (const item of reader.end()) await take(item);
  findings.push(...checker.end(bytes));
  return { findings, bytes };
}
