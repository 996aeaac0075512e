import { GatewayError } from '../errors.ts';
import { type Explanation, explain } from '../mapping/explain.ts';
import { translate } from '../mapping/translate.ts';
import { isTreeStandard } from '../mapping/trees/standards.ts';
import type { CompiledMap } from '../mapping/types.ts';
import type { InboundParts } from './parts.ts';
import { createStoredReader, type StoredDocument } from './stored-document.ts';
import { createTreeReader } from './stored-tree.ts';
import { testEvent } from './test-event.ts';

/**
 * Where each field of an event came from: the stored bytes are read again with the map that read them. An event of a
 * document that no map reads has no fields to explain. NOT_FOUND when there is no such event, MAP_NOT_FOUND when the map
 * that made it is gone.
 */
export async function explainEvent(
  parts: Pick<InboundParts, 'ledger' | 'archive' | 'configuration'>,
  eventId: string,
): Promise<readonly Explanation[]> {
  const { ledger } = parts;
  const found = await ledger.event(eventId);
  const row = found === null ? null : await ledger.document(found.event.causationid);
  const file = row === null ? null : await ledger.file(row.fileId);
  const interchange = row === null ? null : await ledger.interchange(row.interchangeId);
  if (found === null || row === null || file === null || interchange === null) {
    throw new GatewayError('NOT_FOUND', `There is no event "${eventId}".`);
  }
  if (row.mapPin === null) return [];
  const { mapversion, originalid = eventId } = found.event;
  const { standard } = interchange;
  const readWith = async (chosen: CompiledMap | null): Promise<StoredDocument> =>
    isTreeStandard(standard)
      ? createTreeReader(parts, file, chosen)(standard, row)
      : createStoredReader(parts, file, [row], chosen)(interchange, standard, row);
  const agreed = await readWith(null);
  // A replay may have read it with another version, and the agreement may have moved on.
  const { document, structure, map, context } =
    agreed.map?.pin === mapversion ? agreed : await readWith(parts.configuration().maps.find(mapversion) ?? null);
  if (map === null || structure === null || map.pin !== mapversion) {
    const now = map === null ? 'no map' : map.pin;
    throw new GatewayError(
      'MAP_NOT_FOUND',
      `The event was made with ${mapversion}, which is gone; the agreement now names ${now}. Bring it back to explain it.`,
    );
  }
  const { events } = translate(document, structure, map, context);
  const named = row.test ? events.map(testEvent) : events;
  return [...explain(map, structure, named)].flatMap((line) =>
    line.event === originalid ? [{ ...line, event: eventId }] : [],
  );
}
