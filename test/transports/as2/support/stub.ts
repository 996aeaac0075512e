import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';

/** A partner's server that does what a test tells it. */
interface Stub {
  readonly url: string;
  /** Bodies that were posted to it, in order. */
  readonly posted: readonly { readonly headers: IncomingMessage['headers']; readonly body: string }[];
  stop(): void;
}

/** `answer` is called when a request has been read; `count` says how many came before it. */
async function startStub(
  answer: (response: ServerResponse, request: { readonly body: string; readonly count: number }) => void,
): Promise<Stub> {
  const posted: { headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString('latin1');
      posted.push({ headers: request.headers, body });
      answer(response, { body, count: posted.length - 1 });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: { port: number } = Object(server.address());
  return {
    url: `http://127.0.0.1:${port}/as2`,
    posted,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Writes bytes to a server as they are, and answers all that comes back until it hangs up. */
export async function exchange(url: string, pieces: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const heard: string[] = [];
  socket.setEncoding('latin1').on('data', (text: string) => heard.push(text));
  const [first = '', ...rest] = pieces;
  socket.write(first, 'latin1');
  for (const piece of rest) {
    await once(socket, 'data');
    socket.write(piece, 'latin1');
  }
  await once(socket, 'close');
  return heard.join('');
}

/** Within a `describe`: starts servers that end with the test. */
export function withStubs(): typeof startStub {
  const stubs: Stub[] = [];
  afterEach(() => {
    for (const one of stubs.splice(0)) one.stop();
  });
  return async (answer) => {
    const started = await startStub(answer);
    stubs.push(started);
    return started;
  };
}
