import type { CompileContext } from '../compile-context.ts';
import type { EventSource } from '../rules.ts';
import type { Block } from '../scope.ts';
import type { FieldWriter } from './run.ts';
import { codeTexts, type Say } from './say.ts';
import { compileValueWriter } from './value-writer.ts';

/** Writes the type of an event as the code that tells it; null where the document says it by being what it is. */
export function compileTypeWriter(source: EventSource, block: Block, context: CompileContext): FieldWriter | null {
  if (source.by === null) return null;
  if (source.types.length === 0) return compileValueWriter(source.by, null, block, context);
  const codes = new Map<string, string[]>();
  for (const { code, type } of source.types) codes.set(type, [...(codes.get(type) ?? []), code]);
  return compileValueWriter(source.by, null, block, context, (rule, parts) => {
    const width = parts.reduce((sum, { pair, places }) => sum + (pair === null ? places.length : 1), 0);
    const say: Say = (_, type) => {
      const known = typeof type === 'string' ? (codes.get(type) ?? []) : [];
      return {
        ways: known.map((code) => codeTexts(code, width)),
        accepts: (text) => known.includes(text),
        why:
          known.length > 0 ? '' : `no code of ${rule.parts.map(({ value }) => value.text).join(' and ')} stands for it`,
      };
    };
    return say;
  });
}
