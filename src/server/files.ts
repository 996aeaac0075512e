import type { FileRow, NewInterchange } from '../ledger/types.ts';
import { attemptView } from './attempts.ts';
import { REASON_OR_NULL, STATE, STATES } from './common-schemas.ts';
import { COUNT, component, FLAG, listOf, oneOf, orNull, pageSchema, record, TEXT, TIME } from './json-schema.ts';
import { choice, inPath, PAGE_DEFAULT, PAGING, text } from './parameters.ts';
import { notFound } from './problem-responses.ts';
import { purged, RAW, sendRaw } from './raw.ts';
import { json, type Route, route } from './route.ts';
import type { OperationsSources } from './sources.ts';
import { timeText, timeTextOrNull } from './times.ts';

const FILE_FIELDS = {
  id: TEXT,
  connection: TEXT,
  partnerId: orNull(TEXT),
  name: { ...TEXT, description: 'As the sender gave it: data, not to be trusted.' },
  size: COUNT,
  sha256: TEXT,
  receivedAt: TIME,
  state: STATE,
  reason: REASON_OR_NULL,
  duplicateOf: orNull(TEXT),
  settledAt: orNull(TIME),
  bytesPurgedAt: { ...orNull(TIME), description: 'When its bytes were removed, as retention says.' },
  documents: record('Documents in it, by state.', Object.fromEntries(STATES.map((state) => [state, COUNT]))),
};

export const FILE_SCHEMAS = {
  File: record('A file as it arrived.', FILE_FIELDS),
  FilePage: pageSchema('File'),
  FileDetail: record('A file with what was found in it.', {
    ...FILE_FIELDS,
    interchanges: listOf(component('Interchange')),
    gaps: listOf(component('Gap')),
    attempts: listOf(component('Attempt')),
  }),
  Interchange: record('An interchange; start and end are bytes of the file, end exclusive.', {
    id: TEXT,
    ordinal: COUNT,
    partnerId: orNull(TEXT),
    standard: TEXT,
    version: TEXT,
    sender: TEXT,
    receiver: TEXT,
    controlNumber: TEXT,
    test: FLAG,
    start: COUNT,
    end: COUNT,
    state: oneOf(['accepted', 'rejected', 'quarantined', 'duplicate']),
    reason: REASON_OR_NULL,
    duplicateOf: orNull(TEXT),
    findings: listOf(component('Finding')),
  }),
  Gap: record('Bytes that belong to no interchange.', { reason: TEXT, start: COUNT, end: COUNT }),
} as const;

const FILE_ID = inPath('Id of the file.', 'fil_01');

/** The files that arrived. */
export function fileRoutes({ ledger, archive }: OperationsSources): readonly Route[] {
  async function fileOf(id: string): Promise<FileRow> {
    const file = await ledger.file(id);
    if (file === null) throw notFound(`file "${id}"`);
    return file;
  }

  const list = route({
    path: '/v1/files',
    operation: 'listFiles',
    summary: 'Files, newest first.',
    parameters: {
      ...PAGING,
      partner: text('Id of a partner.', 'acme-3pl'),
      state: choice('State of the file.', STATES),
    },
    answer: json('Files', component('FilePage')),
    handle: async ({ after = null, limit = PAGE_DEFAULT, ...filter }, response) => {
      const { items, next } = await ledger.files(filter, after, limit);
      response.json({ items: items.map(fileView), next });
    },
  });

  const single = route({
    path: '/v1/files/{id}',
    operation: 'getFile',
    summary: 'One file, with its interchanges and the bytes outside of them.',
    parameters: { id: FILE_ID },
    answer: json('The file', component('FileDetail')),
    handle: async ({ id }, response) => {
      const file = await fileOf(id);
      const interchanges = await ledger.interchangesOf(id);
      const attempts = await ledger.attemptsOf(id);
      response.json({
        ...fileView(file),
        interchanges: interchanges.map(interchangeView),
        gaps: await ledger.gapsOf(id),
        attempts: attempts.map(attemptView),
      });
    },
  });

  const raw = route({
    path: '/v1/files/{id}/raw',
    operation: 'downloadFile',
    summary: 'The bytes of a file.',
    parameters: { id: FILE_ID },
    answer: RAW,
    handle: async ({ id }, response, request) => {
      const { sha256, size, bytesPurgedAt } = await fileOf(id);
      if (bytesPurgedAt !== null) throw purged(id, bytesPurgedAt);
      await sendRaw(archive, { sha256, size, id, start: 0, end: size }, request, response);
    },
  });

  return [list, single, raw];
}

/** A file as answers show it. */
export function fileView(file: FileRow) {
  return {
    id: file.id,
    connection: file.connection,
    partnerId: file.partnerId,
    name: file.name,
    size: file.size,
    sha256: file.sha256,
    receivedAt: timeText(file.receivedAt),
    state: file.state,
    reason: file.reason,
    duplicateOf: file.duplicateOf,
    settledAt: timeTextOrNull(file.settledAt),
    bytesPurgedAt: timeTextOrNull(file.bytesPurgedAt),
    documents: file.documents,
  };
}

function interchangeView(interchange: NewInterchange) {
  return {
    id: interchange.id,
    ordinal: interchange.ordinal,
    partnerId: interchange.partnerId,
    standard: interchange.standard,
    version: interchange.version,
    sender: interchange.sender,
    receiver: interchange.receiver,
    controlNumber: interchange.controlNumber,
    test: interchange.test,
    start: interchange.start,
    end: interchange.end,
    state: interchange.state,
    reason: interchange.reason,
    duplicateOf: interchange.duplicateOf,
    findings: interchange.findings,
  };
}
