import { component, record, TEXT } from './json-schema.ts';
import { READY, type ReadinessSources, readiness } from './readiness.ts';
import { json, type Route, route } from './route.ts';

export const HEALTH_SCHEMAS = {
  Live: record('The process answers.', { live: { const: true } }),
  Ready: READY,
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

/** Whether documents can be taken in, and how each part is. */
export function readyz(sources: ReadinessSources): Route {
  return route({
    path: '/readyz',
    operation: 'isReady',
    summary: 'Whether documents can be taken in, and how each part is; 503 when they cannot.',
    parameters: {},
    answer: json('They can', component('Ready')),
    handle: async (_input, response) => {
      response.json(await readiness(sources));
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
