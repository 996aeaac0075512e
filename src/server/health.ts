import type { Archive } from '../archive/types.ts';
import { GatewayError } from '../errors.ts';
import type { Ledger } from '../ledger/types.ts';
import { component, record, TEXT } from './json-schema.ts';
import { json, type Route, route } from './route.ts';

export const HEALTH_SCHEMAS = {
  Live: record('The process answers.', { live: { const: true } }),
  Ready: record('Documents can be taken in.', { ready: { const: true } }),
  Version: record('What is running.', { name: TEXT, version: TEXT }),
} as const;

/** Whether the process answers; asks nothing of anything else. */
export const livez: Route = route({
  path: '/livez',
  operation: 'isLive',
  summary: 'Whether the process answers.',
  parameters: {},
  answer: json('It does', component('Live')),
  handle: async (_input, response) => {
    response.json({ live: true });
  },
});

/** Whether documents can be taken in. */
export function readyz(ledger: Pick<Ledger, 'writable'>, archive: Pick<Archive, 'writable'>): Route {
  return route({
    path: '/readyz',
    operation: 'isReady',
    summary: 'Whether the ledger and the archive take writes; 503 when one of them does not.',
    parameters: {},
    answer: json('It does', component('Ready')),
    handle: async (_input, response) => {
      if (!(await ledger.writable())) {
        const what = 'The ledger takes no writes, so that nothing can be received.';
        throw new GatewayError('LEDGER_UNAVAILABLE', `${what} Look at the space and the rights of its disk.`);
      }
      if (!(await archive.writable())) {
        const what = 'The archive takes no bytes, so that nothing can be received.';
        throw new GatewayError('ARCHIVE_UNWRITABLE', `${what} Look at the space and the rights of its disk or bucket.`);
      }
      response.json({ ready: true });
    },
  });
}

export function versionRoute(version: string): Route {
  return route({
    path: '/version',
    operation: 'getVersion',
    summary: 'What is running.',
    parameters: {},
    answer: json('The version', component('Version')),
    handle: async (_input, response) => {
      response.json({ name: 'crossdock', version });
    },
  });
}
