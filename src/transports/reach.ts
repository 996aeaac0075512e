import { lookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import { GatewayError, messageOf } from '../errors.ts';

/** A port of a partner's server. */
export interface Reach {
  /** A name or an address. */
  readonly host: string;
  readonly port: number;
  /** Milliseconds until it must answer. */
  readonly timeout: number;
}

/** The address of a host. CONNECTION_UNAVAILABLE when its name leads nowhere. */
export async function resolveHost({ host }: Pick<Reach, 'host'>): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch (cause) {
    const what = `The name ${host} leads to no address: ${messageOf(cause)}.`;
    throw new GatewayError('CONNECTION_UNAVAILABLE', what, { cause });
  }
}

/** A connection to the port, without delay for small packets. CONNECTION_UNAVAILABLE when nobody answers there. */
export function openSocket({ host, port, timeout }: Reach, address: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // Nagle's algorithm waits for an answer that only comes after the next packet: uploads would take forty times as long.
    const socket = connect({ host: address, port, noDelay: true, keepAlive: true });
    const fail = (why: string, cause?: unknown): void => {
      socket.destroy();
      const what = `${host} does not answer at port ${port}: ${why}.`;
      reject(new GatewayError('CONNECTION_UNAVAILABLE', what, { cause }));
    };
    socket.setTimeout(timeout, () => fail(`nothing came within ${Math.ceil(timeout / 1000)} s`));
    socket.once('error', (error) => fail(error.message, error));
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}
