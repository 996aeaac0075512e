/** A command of a page with what it prints, or a file that the reader writes. */
export type PageStep =
  | { readonly kind: 'run'; readonly line: number; readonly command: string; readonly expected: readonly string[] }
  | { readonly kind: 'write'; readonly line: number; readonly path: string; readonly text: string };

/**
 * The steps of a page, in order. In a ```console block a line that begins with `$ ` is a command and the lines below it are
 * what it prints; a block whose opening names a path (```yaml partners/acme/partner.yaml) is a file to write.
 */
export function pageSteps(page: string): readonly PageStep[] {
  const blocks = [...page.matchAll(/^```(\S+)(?: (\S+))?\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(({ 1: language, 2: path, 3: text = '', index }) => {
    const line = page.slice(0, index).split('\n').length + 1;
    if (path !== undefined) return [{ kind: 'write' as const, line, path, text }];
    return language === 'console' ? commands(text, line) : [];
  });
}

function commands(text: string, firstLine: number): readonly PageStep[] {
  const steps: { kind: 'run'; line: number; command: string; expected: string[] }[] = [];
  for (const [index, line] of text.trimEnd().split('\n').entries()) {
    const step = steps.at(-1);
    if (line.startsWith('$ ')) {
      steps.push({ kind: 'run', line: firstLine + index, command: line.slice(2), expected: [] });
    } else if (step === undefined) throw new Error(`Line ${firstLine + index}: output without a command before it.`);
    else step.expected.push(line);
  }
  return steps;
}

/** Does the output read as written? `…` stands for anything in a line, a line of `…` alone for any lines. */
export function reads(output: string, expected: readonly string[]): boolean {
  const pattern = expected.map((line) => (line === '…' ? '(?:.*\n)*?' : `${lineParts(line).join('.*')}\n`));
  const text = output === '' || output.endsWith('\n') ? output : `${output}\n`;
  return new RegExp(`^${pattern.join('')}$`).test(text);
}

function lineParts(line: string): readonly string[] {
  return line.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
}
