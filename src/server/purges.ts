import type { JsonObject } from '../events/types.ts';
import type { PurgePlan, PurgeReport } from '../inbound/purge.ts';
import { PURGEABLE, type Purgeable } from '../ledger/purge-types.ts';
import { OPERATOR } from './authorize.ts';
import { COUNT, component, FLAG, record } from './json-schema.ts';
import { json, postRoute, type Route } from './route.ts';

interface RequestBody {
  readonly before: string;
  readonly only?: readonly Purgeable[];
  readonly dryRun?: boolean;
  readonly because?: string;
}

const REQUEST: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['before'],
  properties: {
    before: { type: 'string', format: 'moment', description: 'Of files received before this date or time.' },
    only: { type: 'array', items: { enum: [...PURGEABLE] }, minItems: 1, description: 'Parts; all when left out.' },
    dryRun: { ...FLAG, description: 'Counts only, and changes nothing.' },
    because: { type: 'string', maxLength: 500, description: 'Why, for the audit log.' },
  },
};

const COUNTS = record('What was purged, or would be.', { files: COUNT, bytes: COUNT, documents: COUNT, events: COUNT });

export const PURGE_SCHEMAS = {
  Purge: record('What was purged, or would be.', {
    events: COUNTS,
    documents: COUNTS,
    bytes: COUNTS,
    removed: { ...COUNT, description: 'Blobs that left the archive; others are still needed or too young.' },
  }),
} as const;

/** What somebody wants to be purged. */
export type PurgeRequest = (
  plan: PurgePlan,
  options: { readonly dryRun: boolean; readonly actor: string; readonly because: string },
) => Promise<PurgeReport>;

/** Purging, on request. */
export function purgeRoutes(purge: PurgeRequest): readonly Route[] {
  return [
    postRoute<Record<never, never>, RequestBody>({
      path: '/v1/purges',
      operation: 'purge',
      summary: 'Removes what is older, or counts it. Answers when it is done.',
      parameters: {},
      body: REQUEST,
      answer: json('What was purged', component('Purge')),
      handle: async (_input, { before, only = PURGEABLE, dryRun = false, because = '' }, response) => {
        const plan = Object.fromEntries(only.map((what) => [what, Date.parse(before)]));
        response.json(await purge(plan, { dryRun, because, actor: OPERATOR }));
      },
    }),
  ];
}
