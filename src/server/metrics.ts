import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Ledger } from '../ledger/types.ts';
import { TEXT } from './json-schema.ts';
import { type Route, route } from './route.ts';
import type { OperationsSources } from './sources.ts';

/** Figures for Prometheus; those of the ledger are read when they are asked for. */
export function metricsRoute({
  ledger,
  clock,
  lastCheck,
  disk,
  brokenConnections = () => [],
}: Pick<OperationsSources, 'clock' | 'lastCheck' | 'disk' | 'brokenConnections'> & {
  readonly ledger: Pick<Ledger, 'counts' | 'openExceptions'>;
}): Route {
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

  const exceptions = new Gauge({
    name: 'gateway_exceptions_open',
    help: 'Open exceptions by whose turn it is and cause.',
    labelNames: ['owner', 'code'],
    registers,
  });
  const waiting = new Gauge({
    name: 'gateway_exceptions_oldest_age_seconds',
    help: 'Age of the oldest open exception, by whose turn it is.',
    labelNames: ['owner'],
    registers,
  });
  const broken = new Gauge({
    name: 'gateway_connections_broken',
    help: 'Connections that do not work in this process, by cause.',
    labelNames: ['code'],
    registers,
  });
  const used = new Gauge({
    name: 'gateway_disk_used_ratio',
    help: 'Share of the disk of the data folder that is taken.',
    registers,
  });
  const imbalance = new Gauge({
    name: 'gateway_ledger_imbalance',
    help: 'What did not add up at the last check of the books.',
    registers,
  });
  const checked = new Gauge({
    name: 'gateway_ledger_checked_timestamp_seconds',
    help: 'When the books were checked last; 0 before the first time.',
    registers,
  });

  async function readLedger(): Promise<void> {
    const counts = await ledger.counts();
    for (const [state, count] of Object.entries(counts.files)) files.set({ state }, count);
    for (const [state, count] of Object.entries(counts.documents)) documents.set({ state }, count);
    events.reset();
    events.inc(counts.events);
    due.set(counts.workDue);
    exceptions.reset();
    const open = await ledger.openExceptions();
    for (const { owner, code, count } of open) exceptions.set({ owner, code }, count);
    waiting.reset();
    for (const [owner, rows] of Map.groupBy(open, (row) => row.owner)) {
      const oldestAt = Math.min(...rows.map((row) => row.oldestAt));
      waiting.set({ owner }, Math.max(0, clock.now() - oldestAt) / 1000);
    }
    broken.reset();
    for (const { code } of brokenConnections()) broken.inc({ code });
    used.set((await disk?.look())?.used ?? 0);
    const last = lastCheck?.() ?? null;
    imbalance.set(last?.imbalances ?? 0);
    checked.set((last?.at ?? 0) / 1000);
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
