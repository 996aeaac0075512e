import { entryOf, type MapNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import {
  parseRetryPlan,
  RETRY_PLAN_REMEDY,
  RETRY_STAGES,
  type RetryPlan,
  type RetryPlans,
} from '../util/retry-plan.ts';
import { mapWith, textAt } from './fields.ts';

/** The plan under a key of a line, null when the key is absent. */
export function retryAt(line: MapNode, key: string, problems: Problem[]): RetryPlan | null {
  const text = textAt(line, key, problems);
  if (text === null) return null;
  const plan = parseRetryPlan(text.value);
  if (plan === null) {
    const what = `"${text.value}" is no plan for trying again.`;
    problems.push(problem(text.at, 'PARTNER_RETRY', what, RETRY_PLAN_REMEDY));
  }
  return plan;
}

/** The plans of a whole partner, by stage: those that its file names. */
export function parseRetry(partner: MapNode, problems: Problem[]): Partial<RetryPlans> {
  const node = entryOf(partner, 'retry')?.value;
  const map = node === undefined ? null : mapWith(node, 'retry', { required: [], optional: RETRY_STAGES }, problems);
  if (map === null) return {};
  const plans = RETRY_STAGES.map((stage) => [stage, retryAt(map, stage, problems)] as const);
  return Object.fromEntries(plans.filter(([, plan]) => plan !== null));
}
