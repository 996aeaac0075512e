import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { EVENT_TYPES } from '../../src/events/event-types.ts';
import { finishEvent } from '../../src/events/finish.ts';
import { context } from './examples.ts';

const page = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');

describe('docs/events.md', () => {
  it('lists every event type as the register has it, in its order', () => {
    const rows = page.split('\n').filter((line) => /^\| `logistics\.[a-z.-]+\.v\d+` \| `/.test(line));
    const expected = EVENT_TYPES.map(
      ({ type, body, title, classifier }) => `| \`${type}\` | \`${body}\` | ${title} | ${classifier} |`,
    );
    assert.deepEqual(rows, expected);
  });

  it('shows the very event that the gateway makes of its fields', () => {
    const shown = JSON.parse(/```json\n([\s\S]*?)\n```/.exec(page)?.[1] ?? 'null');
    const { refs: _r, when: _w, where: _p, classifier: _c, ...data } = shown.data;
    const draft = { type: shown.type, key: 'LX[1]/AT7[1]', data: { ...data, eventTime: '2026-12-04T10:30:00' } };
    const result = finishEvent(
      draft,
      context({
        partnerId: shown.partnerid,
        contentHash: 'example',
        documentId: shown.causationid,
        fileId: shown.correlationid,
        receivedAt: Date.parse(shown.receivedtime),
      }),
    );
    assert('event' in result);
    assert.deepEqual(result.event, shown);
  });
});
