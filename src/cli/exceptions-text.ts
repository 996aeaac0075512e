import type { ExceptionView } from '../work/exceptions.ts';
import { table, visible } from './output.ts';

const HEADING = ['id', 'first seen', 'turn of', 'cause', 'partner', 'place', 'affected', 'assigned to'];

/** Exceptions as a table for people. */
export function exceptionTable(views: readonly ExceptionView[]): string {
  return table([
    HEADING,
    ...views.map(({ id, firstSeen, owner, code, partnerId, scope, affected, assignee, state }) =>
      [
        id,
        firstSeen.slice(0, 16),
        state === 'open' ? owner : state,
        code,
        partnerId ?? '-',
        scope === '' ? '-' : scope,
        String(affected),
        assignee ?? '-',
      ].map(visible),
    ),
  ]);
}

/** One exception for people. */
export function exceptionLines(view: ExceptionView): readonly string[] {
  const { id, state, code, owner, partnerId, scope, text, remedy, assignee, affected, resolvedAt, resolution } = view;
  const place = [partnerId, scope].filter((part) => part !== null && part !== '').join(' ');
  return [
    `${id} ${code} ${state}`,
    `why       ${text}`,
    `turn of   ${owner}${assignee === null ? '' : `, ${assignee}`} (${view.class})`,
    `to do     ${remedy}`,
    ...(place === '' ? [] : [`place     ${place}`]),
    `affected  ${affected} from ${view.firstSeen} to ${view.lastSeen}`,
    ...(resolvedAt === null ? [] : [`resolved  ${resolvedAt} ${resolution ?? ''}`]),
  ].map(visible);
}
