import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { certificatePem } from '../../../src/cms/certificate-file.ts';
import { generateSelfSigned } from '../../../src/cms/self-signed.ts';

const DAY = 86_400_000;

/** A server with TLS on a port of its own. */
export interface TlsServer {
  readonly port: number;
  /** Makes this process trust its certificate until the server stops. */
  trust(): void;
  stop(): void;
}

/** Starts one whose certificate is for `commonName` and ends in so many days, or has ended when they are negative. */
export async function startTlsServer(
  handle: RequestListener,
  { commonName = 'localhost', days = 365 }: { readonly commonName?: string; readonly days?: number } = {},
): Promise<TlsServer> {
  const now = Date.now();
  const { certificate, key } = await generateSelfSigned({
    commonName,
    organization: null,
    country: null,
    bits: 2048,
    validFrom: now - 400 * DAY,
    validTo: now + days * DAY,
  });
  const pem = certificatePem(certificate);
  const server = createServer({ cert: pem, key: key.export({ type: 'pkcs8', format: 'pem' }) }, handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: { port: number } = Object(server.address());
  const trusted = getCACertificates('default');
  return {
    port,
    trust: () => setDefaultCACertificates([...trusted, pem]),
    stop: () => {
      setDefaultCACertificates(trusted);
      server.closeAllConnections();
      server.close();
    },
  };
}
