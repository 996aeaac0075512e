import type { Finding } from '../../src/edi/finding.ts';
import { purge } from '../../src/inbound/purge.ts';
import type { Explanation } from '../../src/mapping/explain.ts';
import type { MapLibrary } from '../../src/mapping/library.ts';
import type { CompiledMap } from '../../src/mapping/types.ts';
import type { TradingPartner } from '../../src/partners/types.ts';
import { newOutboundEvent, newSent } from '../contracts/ledger-outbound.ts';
import { newReplay } from '../contracts/ledger-replays.ts';
import { LEASE, NOON, newDocument, newFile, newInterchange, newTranslation } from '../contracts/ledger-samples.ts';
import { delivery, finished } from '../events/examples.ts';
import { type Gateway, NO_MAPS, startGateway } from './support.ts';

/** One of everything that answers can show, with every optional field there. */

const FINDING: Finding = {
  code: 'INTERCHANGE_COUNT_WRONG',
  severity: 'accepted-with-errors',
  path: 'IEA/01',
  position: { byte: 7, segment: 1, tag: 'IEA', element: 1, component: 1, repetition: 1 },
  value: '2',
  expected: '1',
  text: 'The count is wrong.',
  remedy: 'Send the right one.',
  ack: { level: 'interchange', x12: '021', contrl: '29', elementNumber: 'I16' },
};

const PARTNER: TradingPartner = {
  id: 'acme',
  name: 'Acme',
  timezone: 'UTC',
  stage: 'live',
  identifiers: { x12: ['ZZ/ACME'], edifact: ['14/4012345000009'] },
  us: { x12: ['ZZ/US'] },
  connections: [{ kind: 'http', id: 'main', keys: [], signed: null, largest: 1 }],
  outbound: [],
  charset: null,
  retry: {},
  inbound: [
    {
      document: '214',
      standard: 'x12',
      release: null,
      map: 'x12/214@1.0.0',
      overlay: 'overlays/214.yaml',
      acknowledge: '997',
      answer: { documents: 'all', version: null, receipt: 'none' },
      severity: {},
      retry: null,
      at: { file: 'partners/acme/partner.yaml', line: 9, column: 5 },
    },
  ],
  severity: {},
  folder: 'partners/acme',
};

const PLACE = { file: 'maps/x12/214/1.0.0.yaml', line: 1, column: 1 };
const DOCUMENT = { standard: 'x12', set: '214', release: '004010', group: 'QM', tree: null } as const;

const NOTHING = { kind: 'loop', name: 'ST', requirement: 'M', max: 1, children: [], hierarchical: false } as const;

const MAP: CompiledMap = {
  name: 'x12/214',
  version: '1.0.0',
  pin: 'x12/214@1.0.0',
  document: DOCUMENT,
  kind: [],
  source: {
    at: PLACE,
    name: 'x12/214',
    version: '1.0.0',
    document: { at: PLACE, ...DOCUMENT },
    event: { at: PLACE, each: null, type: null, by: null, types: [], also: [] },
    data: { kind: 'object', at: PLACE, in: null, fields: [], write: [], only: 'both' },
    expect: [],
  },
  eventTypes: ['logistics.transport.delivered.v1'],
  definition: { standard: 'x12', type: '214', release: '004010', group: 'QM', root: NOTHING },
  layout: null,
  structureOf: () => ({ why: 'it is a sample' }),
  read: () => ({ events: [], findings: [], unread: [] }),
  unread: () => [],
  tally: () => ({ elements: 0, known: 0 }),
  expect: () => [],
  lineage: () => [],
  writer: {
    gaps: [],
    types: [],
    codedTypes: [],
    domain: { kind: 'object', fields: new Map() },
    write: () => ({ documents: [], findings: [] }),
  },
};

const MAPS: MapLibrary = { ...NO_MAPS, pins: [MAP.pin], maps: [MAP] };

const LINEAGE: Explanation = {
  event: 'evt_1',
  field: '/proNumber',
  value: '4711',
  raw: '4711',
  map: { file: 'maps/x12/214/1.0.0.yaml', line: 9 },
  overlay: null,
  segment: 'B10',
  position: 2,
  element: 1,
  component: null,
  bytes: [120, 124],
};

export const EVENT = finished(delivery(), { documentId: 'doc_full', fileId: 'fil_full' });

/** A gateway that holds one of everything; `fil_full` with `doc_full` and EVENT, and a duplicate of the file. */
export async function startFullGateway(): Promise<Gateway> {
  const gateway = await startGateway((sources) => ({
    maps: () => MAPS,
    partners: () => [PARTNER],
    lineage: async () => [LINEAGE],
    disk: { look: async () => ({ used: 0.25, full: false }) },
    redis: () => true,
    brokenConnections: () => [{ connection: 'sftp:acme/main', code: 'CONNECTION_LOGIN', since: NOON }],
    purge: (plan, options) => purge({ ...sources, clock: sources.clock }, plan, options),
    send: async ({ id }) => ({
      eventId: String(id),
      partnerId: 'acme',
      documents: await sources.ledger.documentsOfEvent('evt_sent'),
    }),
    requestReplay: (request) => sources.ledger.requestReplay({ ...request, id: 'rpl_asked', createdAt: NOON }),
  }));
  const { ledger } = gateway;
  const bytes = Buffer.from('noise ISA~ST~SE~IEA~');
  await gateway.takeIn({ id: 'first', bytes });
  await gateway.translate(newTranslation('doc_first', 'fil_first', [], { events: [EVENT], unread: ['N1'] }));

  const { sha256, size } = await archived(gateway, bytes);
  const file = newFile('fil_full', { sha256, size, partnerId: null });
  await ledger.recordFiles([file, newFile('fil_copy', { sha256, size })]);
  await failOnce(gateway, 'split', 'fil_full');
  const [claim] = await ledger.claim('split', 1, NOON, LEASE);
  if (claim === undefined) throw new Error('There is nothing to split.');
  const reason = { code: 'SAME_CONTENT', text: 'It came before.' };
  const interchanges = [newInterchange('fil_full', { reason, duplicateOf: 'int_fil_first', findings: [FINDING] })];
  const documents = [newDocument('doc_full', 'fil_full', { start: 10, end: 16, findings: [FINDING] })];
  const gaps = [{ reason: 'noise', start: 0, end: 6 }];
  const result = { fileId: 'fil_full', state: 'received', reason: null, interchanges, documents, gaps } as const;
  await ledger.recordSplit([{ claim, result }], NOON);
  await failOnce(gateway, 'translate', 'doc_full');
  const rejected = newTranslation('doc_full', 'fil_full', [], { state: 'rejected', reason, findings: [FINDING] });
  await gateway.translate(rejected);
  await ledger.recordOutbound(newOutboundEvent('evt_sent'), [newSent('evt_sent', 1)]);
  await replayed(gateway);
  return gateway;
}

/** A replay that found a changed field and a document that it passed over. */
async function replayed({ ledger }: Gateway): Promise<void> {
  const filter = {
    id: 'doc_first',
    partner: 'acme',
    type: '856',
    state: 'processed',
    ref: '1',
    from: NOON,
    to: NOON,
  } as const;
  await ledger.requestReplay(newReplay('rpl_full', { filter, map: 'x12/856@1.0.0', because: 'to see' }));
  const claim = await ledger.claimReplay(NOON + 10, LEASE);
  const [first, full] = await ledger.documentsByIds(['doc_first', 'doc_full']);
  if (claim === null || first === undefined || full === undefined) throw new Error('There is nothing to replay.');
  const changed = { ...EVENT, data: { ...EVENT.data, proNumber: 'other' } };
  const result = newTranslation('doc_first', 'fil_first', [], { events: [changed] });
  const passedOver = { code: 'GONE', text: 'Its bytes are gone.' };
  const outcomes = [
    { document: first, result },
    { document: full, passedOver },
  ];
  await ledger.recordReplay(claim, outcomes, { after: null, ended: false, dueAt: NOON, tries: 0 }, NOON);
}

async function archived({ archive }: Gateway, bytes: Buffer) {
  return archive.put(
    (async function* pieces() {
      yield bytes;
    })(),
    bytes.length,
  );
}

async function failOnce({ ledger }: Gateway, kind: 'split' | 'translate', subject: string): Promise<void> {
  const [claim] = await ledger.claim(kind, 1, NOON, LEASE);
  if (claim?.subjectId !== subject) throw new Error(`No ${kind} is due for ${subject}.`);
  await ledger.fail(claim, NOON, 'The disk is full.', NOON, { code: 'GAVE_UP', text: 'It never worked.' });
}
