import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A shipment as the carrier's API tells it. */
export interface Tracked {
  readonly id: string;
  readonly updatedAt: string;
  readonly status: string;
}

/** The tracking API of an invented carrier: pages by cursor, changes since a moment. */
export interface CarrierApi {
  readonly url: string;
  /** Every request so far, as path and query. */
  readonly requests: readonly string[];
  /** What the API knows, in any order. */
  tracked: readonly Tracked[];
  /** Items on a page. */
  pageSize: number;
  /** Answers in place of the API while it gives something; null lets the API answer. */
  instead: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
  close(): Promise<void>;
}

export async function startCarrierApi(): Promise<CarrierApi> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (api.instead?.(request, response) === true) return;
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    const since = query.get('since') ?? '';
    const from = Number(query.get('cursor') ?? 0);
    const all = api.tracked
      .filter((item) => item.updatedAt >= since)
      .sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1));
    const shipments = all.slice(from, from + api.pageSize);
    const next = from + api.pageSize < all.length ? String(from + api.pageSize) : null;
    response.writeHead(200, { 'content-type': 'application/json', etag: `"${JSON.stringify(all).length}"` });
    response.end(JSON.stringify({ data: { shipments }, meta: { next } }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : '';
  const api: CarrierApi = {
    url: `http://127.0.0.1:${port}`,
    requests,
    tracked: [],
    pageSize: 10,
    instead: null,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return api;
}

/** Shipments `T<from>` up to `T<to>`, each a minute after the one before. */
export function shipments(from: number, to: number, status = 'in-transit'): readonly Tracked[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const number = from + index;
    return { id: `T${number}`, updatedAt: new Date(Date.UTC(2026, 10, 1, 0, number)).toISOString(), status };
  });
}
