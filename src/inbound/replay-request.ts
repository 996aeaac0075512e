import { GatewayError } from '../errors.ts';
import type { ReplayRow } from '../ledger/replay-types.ts';
import type { DocumentFilter } from '../ledger/types.ts';
import { didYouMean } from '../util/suggest.ts';
import type { InboundParts } from './parts.ts';

/** Documents a second where a request does not say. */
export const USUAL_RATE = 100;
/** The most that may be asked for. */
export const MOST_RATE = 10_000;

/** What somebody wants to be read again. */
export interface ReplayRequest {
  readonly filter: DocumentFilter;
  /** `x12/945@1.1.0`; null for what the agreements pin. */
  readonly map: string | null;
  readonly dryRun: boolean;
  readonly rate: number;
  readonly because: string;
  /** Who asks, as far as it is proven. */
  readonly actor: string;
}

/**
 * Records the request, to be worked on at once. REQUEST_INVALID when it names nothing that limits it, MAP_NOT_FOUND when there
 * is no such map, NOT_FOUND when there is no such document.
 */
export async function requestReplay(
  { ledger, ids, clock, configuration }: Pick<InboundParts, 'ledger' | 'ids' | 'clock' | 'configuration'>,
  request: ReplayRequest,
): Promise<ReplayRow> {
  const { filter, map } = request;
  if (Object.values(filter).every((value) => value === undefined)) {
    const remedy = 'Name a document, or at least one of partner, type, state, ref, file, from and to.';
    throw new GatewayError('REQUEST_INVALID', `A replay of everything is not taken. ${remedy}`);
  }
  const { maps } = configuration();
  if (map !== null && maps.find(map) === undefined) {
    throw new GatewayError('MAP_NOT_FOUND', `There is no map "${map}". ${didYouMean(map, maps.pins)}`);
  }
  if (filter.id !== undefined && (await ledger.document(filter.id)) === null) {
    throw new GatewayError('NOT_FOUND', `There is no document "${filter.id}". Look for it with crossdock trace.`);
  }
  return ledger.requestReplay({ ...request, id: ids('rpl'), createdAt: clock.now() });
}

/** A replay as people and programs see it: times as text, the filter as it was asked for. */
export function replayView({ createdAt, endedAt, filter, ...rest }: ReplayRow) {
  const { id: document, from, to, ...others } = filter;
  return {
    ...rest,
    createdAt: new Date(createdAt).toISOString(),
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
    filter: {
      ...(document === undefined ? {} : { document }),
      ...others,
      ...(from === undefined ? {} : { from: new Date(from).toISOString() }),
      ...(to === undefined ? {} : { to: new Date(to).toISOString() }),
    },
  };
}

/** What `replayView` gives. */
export type ReplayView = ReturnType<typeof replayView>;
