import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Ids } from '../util/ids.ts';
import type { Log } from '../util/log.ts';
import { problems, unknownRoute, wrongMethod } from './problem-responses.ts';
import { requestId } from './request-id.ts';
import type { Route } from './route.ts';

/** Answers are data, never pages: nothing may be loaded, framed or kept. */
const headers: RequestHandler = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  strictTransportSecurity: false,
});

const keepNothing: RequestHandler = (_request, response, next) => {
  response.set('cache-control', 'no-store');
  next();
};

/** An Express application that serves exactly this table; `guards` see every request first. */
export function createApp(
  routes: readonly Route[],
  guards: readonly RequestHandler[],
  options: { readonly ids: Ids; readonly log: Log },
): Express {
  const app = express();
  app.enable('strict routing');
  app.enable('case sensitive routing');
  app.disable('etag');
  app.disable('query parser');
  app.use(requestId(options.ids), headers, keepNothing, ...guards);
  for (const [path, there] of Map.groupBy(routes, (entry) => entry.path)) {
    const served = app.route(path.replace(/\{(\w+)\}/g, ':$1'));
    for (const { method, handle } of there) {
      if (method === 'post') served.post(handle);
      else served.get(handle);
    }
    served.all(wrongMethod(there.map(({ method }) => (method === 'post' ? 'POST' : 'GET, HEAD')).join(', ')));
  }
  app.use(unknownRoute);
  app.use(problems(options.log));
  return app;
}
