import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What goes wrong on the way between a client and a server. What is not said goes well. */
export interface Faults {
  /** Milliseconds that each piece is late, in both directions. */
  readonly latency?: number;
  /** Bytes a second, in each direction of each connection. */
  readonly throttle?: number;
  /** Connections are reset after so many bytes from the server. */
  readonly cutAfter?: number;
  /** Connections are reset when these bytes come from the client: before the server sees them, or after it did. */
  readonly cutAt?: { readonly bytes: string; readonly delivered: boolean; readonly times: number };
  /** The byte at this place of what a client sends is changed. */
  readonly corrupt?: number;
  /** Connections are taken, and nothing that comes is passed on. */
  readonly blackhole?: boolean;
  /** What the server sends is no longer read, while what the client sends goes on. */
  readonly halfOpen?: boolean;
  /** New connections are reset at once. */
  readonly refuse?: boolean;
}

/** A port before a server of the tests. */
export interface ChaosProxy {
  readonly port: number;
  /** How many connections were cut so far. */
  readonly cuts: number;
  /** From now on, also for connections that are open. Nothing goes wrong without it. */
  set(faults?: Faults): void;
  /** Leads new connections to another server on this machine. */
  lead(port: number): void;
  /** Resets every connection. */
  cut(): void;
  close(): Promise<void>;
}

/** A connection of a client with the one that leads on. */
interface Pair {
  readonly sockets: readonly [Socket, Socket];
  /** What the server says is never seen. */
  muted: boolean;
}

/** Longest piece passed on at once while the speed is bounded. */
const SLICE = 1_024;
const LATE = 50;

/** Starts a proxy before a port of this machine. */
export async function startProxy(target: number): Promise<ChaosProxy> {
  let faults: Faults = {};
  let upstream = target;
  let cuts = 0;
  let cutAtLeft = 0;
  const pairs = new Set<Pair>();

  const cutPair = (pair: Pair): void => {
    cuts += 1;
    for (const socket of pair.sockets) socket.resetAndDestroy();
  };

  /** Passes what `from` says on to `to`, with all that is wrong at that moment. Each reads no more than the other takes. */
  const pass = async (from: Socket, to: Socket, pair: Pair, byClient: boolean): Promise<void> => {
    let passed = 0;
    let tail = '';
    for await (const chunk of from) {
      if (!Buffer.isBuffer(chunk) || (pair.muted && !byClient)) continue;
      const { corrupt, cutAt, cutAfter } = faults;
      while ((faults.blackhole === true || (faults.halfOpen === true && !byClient)) && !from.destroyed)
        await pause(LATE);
      if (faults.latency !== undefined) await pause(faults.latency);
      if (byClient && corrupt !== undefined && passed <= corrupt && corrupt < passed + chunk.length) {
        chunk.writeUInt8(chunk.readUInt8(corrupt - passed) ^ 0x20, corrupt - passed);
      }
      const hit =
        byClient && cutAt !== undefined && cutAtLeft > 0 && (tail + chunk.toString('latin1')).includes(cutAt.bytes);
      tail = chunk.subarray(-(cutAt?.bytes.length ?? 1)).toString('latin1');
      if (hit && cutAt !== undefined) {
        cutAtLeft -= 1;
        if (!cutAt.delivered) return cutPair(pair);
        pair.muted = true;
        await write(to, chunk);
        await pause(LATE);
        return cutPair(pair);
      }
      if (!byClient && cutAfter !== undefined && passed + chunk.length > cutAfter) {
        await write(to, chunk.subarray(0, cutAfter - passed));
        return cutPair(pair);
      }
      passed += chunk.length;
      await passSlowly(to, chunk, () => faults.throttle);
    }
    to.end();
  };

  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (faults.refuse === true) {
      client.on('error', () => {});
      client.resetAndDestroy();
      return;
    }
    const onward = connect({ port: upstream, host: '127.0.0.1', allowHalfOpen: true });
    const pair: Pair = { sockets: [client, onward], muted: false };
    pairs.add(pair);
    for (const socket of pair.sockets) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', (broken) => {
        if (pair.sockets.every(({ destroyed }) => destroyed)) pairs.delete(pair);
        if (broken) for (const other of pair.sockets) other.destroy();
      });
    }
    pass(client, onward, pair, true).catch(() => onward.destroy());
    pass(onward, client, pair, false).catch(() => client.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    get cuts() {
      return cuts;
    },
    set(next = {}) {
      faults = next;
      cutAtLeft = next.cutAt?.times ?? 0;
    },
    lead(port) {
      upstream = port;
    },
    cut() {
      for (const pair of pairs) cutPair(pair);
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const pair of pairs) for (const socket of pair.sockets) socket.destroy();
      await closed;
    },
  };
}

async function passSlowly(to: Socket, chunk: Buffer, throttle: () => number | undefined): Promise<void> {
  for (let from = 0; from < chunk.length; ) {
    const speed = throttle();
    const piece = speed === undefined ? chunk.subarray(from) : chunk.subarray(from, from + Math.min(SLICE, speed));
    await write(to, piece);
    from += piece.length;
    if (speed !== undefined) await pause((1_000 * piece.length) / speed);
  }
}

function write(to: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    to.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
