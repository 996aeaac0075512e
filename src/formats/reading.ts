import type { Finding } from '../edi/finding.ts';
import type { FindingCode } from '../edi/finding-codes.ts';
import { finding } from '../edi/findings.ts';
import type { FormatLimits } from './limits.ts';
import type { TreeNode } from './tree.ts';

/** What reading a document gave: its tree, or null and a finding that rejects it. */
export interface FormatReading {
  readonly root: TreeNode | null;
  readonly findings: readonly Finding[];
}

/** What is wrong, where, and more exactly than the register says it. */
export interface Fault {
  readonly code: FindingCode;
  readonly byte: number;
  readonly path: string;
  readonly text?: string | undefined;
  readonly value?: string | undefined;
  readonly expected?: string | undefined;
  readonly severity?: Finding['severity'] | undefined;
}

/** A fault as a finding. */
export function faultFinding({ code, byte, path, ...details }: Fault): Finding {
  return finding(code, { path, position: { byte }, ...details });
}

/** The reading of a document that cannot be read. */
export function refused(fault: Fault): FormatReading {
  return { root: null, findings: [faultFinding(fault)] };
}

/** A document that is larger than is read as a whole. */
export function tooLargeFinding(path: string, { bytes }: Pick<FormatLimits, 'bytes'>): Finding {
  return faultFinding({ code: 'FORMAT_TOO_LARGE', byte: bytes, path, expected: `${bytes} bytes` });
}
