import type { CompileContext } from '../compile-context.ts';
import type { Target } from '../finish-value.ts';
import type { ResolvedValue } from '../resolve-value.ts';
import type { EitherRule, ValueRule } from '../rules.ts';
import type { Block } from '../scope.ts';
import { compileAlternative, preferred, put } from './alternative.ts';
import { agreeingWriter, hintWriter } from './hint-writer.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { FieldWriter } from './run.ts';
import type { Say } from './say.ts';

/** Compiles a value or either rule for writing; null when none of it is written. */
export function compileValueWriter(
  rule: ValueRule | EitherRule,
  target: Target,
  block: Block,
  context: CompileContext,
  sayAs?: (rule: ValueRule, parts: readonly ResolvedValue[]) => Say | null,
): FieldWriter | null {
  const rules = (rule.kind === 'value' ? [rule] : rule.alternatives).filter(({ only }) => only !== 'read');
  const compiled = rules.flatMap((each) => {
    const alternative = compileAlternative(each, target, block, context, sayAs);
    return alternative === null ? [] : [alternative];
  });
  if (compiled.length === 0) return null;
  const [first] = compiled;
  if (compiled.every(({ rule: { also } }) => also)) {
    return compiled.length === 1 && first !== undefined ? hintWriter(first) : agreeingWriter(compiled);
  }
  return (run, frame, value, pointer) => {
    const refusals: Refusal[] = [];
    for (const alternative of compiled.length === 1 ? compiled : preferred(compiled, frame)) {
      const refusal = put(run, frame, alternative, value, pointer);
      if (refusal === null) return;
      refusals.push(refusal);
    }
    refuse(run, rule.at, value, pointer, refusals);
  };
}
