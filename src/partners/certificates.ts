import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from '../cms/certificate.ts';
import { readCertificateFile } from '../cms/certificate-file.ts';
import { CmsFault } from '../cms/fault.ts';
import { problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import type { CertificateFile } from './as2-types.ts';
import type { TradingPartner } from './types.ts';

const SHORTEST_KEY = 2048;

/** What is wrong with the certificates that connections name. Their dates are another matter: time passes without a change. */
export async function certificateProblems(partner: TradingPartner): Promise<readonly Problem[]> {
  const files = partner.connections.flatMap((connection) =>
    connection.kind === 'as2' ? [...connection.certificates.theirs, ...connection.certificates.ours] : [],
  );
  const problems = await Promise.all(files.map((file) => problemOf(partner.folder, file)));
  return problems.filter((one) => one !== null);
}

/** The first certificate of a file in the partner's folder: the one of the partner, before those that issued it. */
export async function readFirstCertificate(folder: string, file: CertificateFile): Promise<Certificate> {
  const [first] = await readCertificateFile(await readFile(join(folder, file.path)));
  if (first === undefined) throw new CmsFault('malformed', 'There is no certificate in the file.');
  return first;
}

async function problemOf(folder: string, file: CertificateFile): Promise<Problem | null> {
  const tell = (what: string, remedy: string): Problem => problem(file.at, 'PARTNER_CERTIFICATE', what, remedy);
  try {
    const { publicKey } = await readFirstCertificate(folder, file);
    const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
    if (publicKey.asymmetricKeyType !== 'rsa' && publicKey.asymmetricKeyType !== 'rsa-pss') {
      return tell(
        `The key of "${file.path}" is not RSA, the only kind that AS2 partners share.`,
        'Ask for an RSA certificate.',
      );
    }
    if (bits >= SHORTEST_KEY) return null;
    return tell(`The key of "${file.path}" has ${bits} bits, too few.`, `Ask for one with at least ${SHORTEST_KEY}.`);
  } catch (error) {
    // A missing file was told already.
    if (!(error instanceof CmsFault)) return null;
    const remedy =
      'Ask the partner for its certificate as PEM, DER or .p7b; "crossdock as2 certificate inspect FILE" shows what a file holds.';
    return tell(`There is no certificate in "${file.path}".`, remedy);
  }
}
