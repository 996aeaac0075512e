import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Ledger } from '../ledger/types.ts';
import type { Clock } from '../util/clock.ts';
import { TEXT } from './json-schema.ts';
import { type Route, route } from './route.ts';

/** Figures for Prometheus; those of the ledger are read when they are asked for. */
export function metricsRoute(ledger: Pick<Ledger, 'counts'>, clock: Clock): Route {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const files = new Gauge({ name: 'gateway_files', help: 'Files by state.', labelNames: ['state'], registers });
  const documents = new Gauge({
    name: 'gateway_documents',
    help: 'Documents by state.',
    labelNames: ['state'],
    registers,
  });
  const events = new Counter({ name: 'gateway_events_total', help: 'Events recorded.', registers });
  const due = new Gauge({ name: 'gateway_work_due', help: 'Pieces of work that wait or are being done.', registers });
  const age = new Gauge({
    name: 'gateway_oldest_in_flight_age_seconds',
    help: 'Age of the oldest file that is not settled; 0 when all are.',
    registers,
  });

  async function readLedger(): Promise<void> {
    const counts = await ledger.counts();
    for (const [state, count] of Object.entries(counts.files)) files.set({ state }, count);
    for (const [state, count] of Object.entries(counts.documents)) documents.set({ state }, count);
    events.reset();
    events.inc(counts.events);
    due.set(counts.workDue);
    age.set(counts.oldestInFlightAt === null ? 0 : Math.max(0, clock.now() - counts.oldestInFlightAt) / 1000);
  }

  return route({
    path: '/metrics',
    operation: 'getMetrics',
    summary: 'Figures for Prometheus.',
    parameters: {},
    answer: { description: 'The text format of Prometheus.', mediaType: 'text/plain', schema: TEXT },
    handle: async (_input, response) => {
      await readLedger();
      const figures = await registry.metrics();
      response.set('content-type', registry.contentType).send(figures);
    },
  });
}
