import type { ReplayView } from '../inbound/replay-request.ts';
import type { ReplayGroup } from '../ledger/replay-types.ts';
import { visible } from './output.ts';

/** One line of a list of replays. */
export function replayLine({ id, state, done, total, dryRun, createdAt, actor, filter, map }: ReplayView): string {
  const what = Object.entries(filter).map(([name, value]) => `${name}=${value}`);
  const how = [...(map === null ? [] : [`map=${map}`]), ...(dryRun ? ['dry run'] : [])];
  return visible([id, createdAt, state, `${done} of ${total}`, actor, ...what, ...how].join(' '));
}

/** A replay with what it found, for people. */
export function replayLines(replay: ReplayView): readonly string[] {
  const { report, dryRun } = replay;
  const { documents, events, groups, ungrouped } = report;
  const would = dryRun ? 'would be ' : '';
  return [
    replayLine(replay),
    `documents  ${documents.unchanged} unchanged, ${documents.changed} ${would}changed, ${documents.refused} refused, ${documents.passedOver} passed over`,
    `events     ${events.same} same, ${events.changed} ${would}revised, ${events.new} new, ${events.withdrawn} withdrawn`,
    ...groups.flatMap(groupLines),
    ...(ungrouped > 0 ? [`and ${ungrouped} more of other kinds`] : []),
  ];
}

function groupLines({ what, name, field, count, examples }: ReplayGroup): readonly string[] {
  return [
    visible([String(count), what, name, field].join(' ').trimEnd()),
    ...examples.map(({ document, before, after, text }) => {
      const detail = field === '' ? text : `${shown(before)} became ${shown(after)}`;
      return visible(`  ${document}${detail === '' ? '' : ` ${detail}`}`);
    }),
  ];
}

function shown(value: ReplayGroup['examples'][number]['before']): string {
  return value === null ? 'nothing' : JSON.stringify(value);
}
