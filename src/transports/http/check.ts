import { once } from 'node:events';
import { connect } from 'node:tls';
import { messageOf } from '../../errors.ts';
import { type CheckStep, type CheckSteps, checkReach, passed, stuck } from '../check.ts';
import { openSocket, type Reach } from '../reach.ts';
import { refusedAddress, refuseInside } from './targets.ts';

/** Milliseconds until a server must answer. */
const TIMEOUT = 15_000;
const DAY = 86_400_000;
/** Days before its end at which a certificate is worth a word. */
const SOON = 30;

const EXPIRED = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];
const UNKNOWN_ISSUER = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
];

/** Tries the server of an address: whether it may be asked, name, port and certificate. Answers whether all went well. */
export async function* checkServer(
  url: URL,
  { key, allowPrivate, sealed }: { readonly key: string; readonly allowPrivate: boolean; readonly sealed: boolean },
): CheckSteps<boolean> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  const reach = { host, port: Number(url.port) || (secure ? 443 : 80), timeout: TIMEOUT };
  const judge = (address: string): void => {
    if (allowPrivate) return;
    refuseInside(url, sealed);
    const refused = refusedAddress(address, host);
    if (refused !== null) throw refused;
  };
  const address = yield* checkReach(reach, { key, judge });
  if (address === null) return false;
  if (!secure) return true;
  const step = await checkTls(reach, address);
  yield step;
  return step.ok;
}

async function checkTls(reach: Reach, address: string): Promise<CheckStep> {
  const socket = connect({ socket: await openSocket(reach, address), servername: reach.host, host: reach.host });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(reach.timeout) });
    const days = Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - Date.now()) / DAY);
    const end = days <= SOON ? `ends in ${days} days, and the partner should know` : `is good for ${days} days`;
    return passed('TLS', `${socket.getProtocol()}, and the certificate of the server ${end}`);
  } catch (error) {
    return stuck('TLS', messageOf(error), 'theirs', tlsRemedy(error));
  } finally {
    socket.destroy();
  }
}

function tlsRemedy(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (EXPIRED.includes(code)) return 'The partner renews the certificate of its server.';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'The partner tells the name that its certificate is for.';
  if (UNKNOWN_ISSUER.includes(code)) {
    return 'The partner shows a certificate of a known authority with its chain; an authority of its own is trusted with NODE_EXTRA_CA_CERTS.';
  }
  return 'The partner looks why TLS cannot be agreed, and whether the port is the one for TLS.';
}
