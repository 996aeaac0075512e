import { GatewayError } from '../errors.ts';
import type { CompiledMap } from '../mapping/types.ts';
import type { EventToWrite } from '../mapping/writing/types.ts';
import { partnerEnvelope } from '../outbound/partner-envelope.ts';
import type { RenderContext } from '../outbound/render.ts';
import type { Configuration } from '../partners/configuration.ts';
import type { TradingPartner, WritingStyle } from '../partners/types.ts';
import { didYouMean } from '../util/suggest.ts';
import { PLAIN } from './plain-rendering.ts';

/** Events that go into one interchange, and how it is written. */
export interface RenderBatch {
  readonly events: readonly EventToWrite[];
  readonly context: RenderContext;
}

export interface Renderer {
  /** Events of one map after the other, in their order. AGREEMENT_NOT_FOUND or MAP_NOT_FOUND when nothing writes one. */
  batches(events: readonly EventToWrite[]): readonly RenderBatch[];
}

/** `now` stands in the envelopes, in UTC. Without a partner they name nobody that exists. */
export function createRenderer(
  configuration: Configuration,
  partner: TradingPartner | null,
  pin: string | null,
  now: Date,
): Renderer {
  const pinned = pin === null ? null : (configuration.maps.find(pin) ?? null);
  if (pin !== null && pinned === null) {
    throw new GatewayError('MAP_NOT_FOUND', `there is no map "${pin}". ${didYouMean(pin, configuration.maps.pins)}`);
  }
  const choose = (type: string): { readonly map: CompiledMap; readonly style: WritingStyle } => {
    if (pinned !== null) return { map: pinned, style: styleFor(partner, type, pinned) };
    if (partner !== null) return agreed(configuration, partner, type);
    return { map: newestWriter(configuration, type), style: PLAIN };
  };
  return {
    batches(events) {
      const batches: { readonly events: EventToWrite[]; readonly context: RenderContext }[] = [];
      for (const event of events) {
        const { map, style } = choose(event.type);
        const last = batches.at(-1);
        if (last?.context.map === map) {
          last.events.push(event);
          continue;
        }
        const number = batches.length + 1;
        batches.push({
          events: [event],
          context: {
            map,
            dictionaries: configuration.dictionaries,
            timezone: partner?.timezone ?? null,
            envelope: partnerEnvelope(partner, map, {
              style,
              now,
              numbers: { interchange: number, group: number, document: 1 },
            }),
          },
        });
      }
      return batches;
    },
  };
}

function agreed(configuration: Configuration, partner: TradingPartner, type: string) {
  const line = partner.outbound.find(({ on }) => on === type);
  const map = line === undefined ? null : configuration.mapOf(line);
  if (line !== undefined && map !== null) return { map, style: line.style };
  const sent = partner.outbound.map(({ on }) => on);
  const remedy =
    sent.length === 0
      ? `Add a line to "outbound" in ${partner.folder}/partner.yaml, or name a map with --map.`
      : `Its "outbound" lines send ${sent.join(', ')}; or name a map with --map.`;
  throw new GatewayError('AGREEMENT_NOT_FOUND', `${partner.id} is sent nothing for ${type}. ${remedy}`);
}

/** With --map the style of the partner's line for that document still counts. */
function styleFor(partner: TradingPartner | null, type: string, map: CompiledMap): WritingStyle {
  const lines = partner?.outbound.filter(
    ({ document, standard }) => document === map.document.set && standard === map.document.standard,
  );
  return (lines?.find(({ on }) => on === type) ?? lines?.[0])?.style ?? PLAIN;
}

function newestWriter({ maps }: Configuration, type: string): CompiledMap {
  const writers = maps.maps.filter(
    (map) => map.version !== 'next' && map.eventTypes.includes(type) && map.writer.types.includes(type),
  );
  const documents = [
    ...new Map(writers.map(({ document }) => [`${document.standard} ${document.set}`, document])).values(),
  ];
  const [only, second] = documents;
  if (only !== undefined && second === undefined) {
    const map = maps.newest(only.standard, only.set, only.release);
    if (map !== undefined) return map;
  }
  const pins = writers
    .map(({ pin }) => pin)
    .sort()
    .join(', ');
  const text =
    only === undefined ? `no map writes ${type}.` : `several documents say ${type}: ${pins}. Choose one with --map.`;
  throw new GatewayError('MAP_NOT_FOUND', text);
}
