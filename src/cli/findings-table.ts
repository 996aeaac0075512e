import type { Finding } from '../edi/finding.ts';
import { visible } from './output.ts';

/** A finding for people, on two lines: what and where, then what to do. */
export function findingLines(finding: Finding): string {
  const { code, severity, path, position, value, text, remedy, ack } = finding;
  const place =
    position.segment === undefined ? `byte ${position.byte}` : `segment ${position.segment}, byte ${position.byte}`;
  const shown = value === undefined ? '' : ` "${visible(value)}"`;
  const codes = ack?.x12 === undefined ? '' : ` [${ack.level} ${ack.x12}]`;
  return `${severity} ${code} ${path}${shown} (${place})${codes}\n  ${visible(text)} ${visible(remedy)}`;
}
