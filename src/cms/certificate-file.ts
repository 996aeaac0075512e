import { child, oidOf, parseBer } from './ber.ts';
import { type Certificate, readCertificate } from './certificate.ts';
import { contentOf } from './content.ts';
import { CmsFault } from './fault.ts';
import { OID } from './oids.ts';
import { TAG } from './tags.ts';
import { readSigned } from './verify.ts';

const PEM_BLOCK =
  /-----BEGIN (CERTIFICATE|X509 CERTIFICATE|TRUSTED CERTIFICATE|PKCS7|CMS)-----([^-]*)-----END \1-----/g;

/**
 * The certificates of a file as partners send them: PEM (one or several, other text around them), DER, or the list of a
 * `.p7b` or `.p7c` in either form; in the order of the file. Malformed when there is none.
 */
export async function readCertificateFile(bytes: Buffer): Promise<readonly Certificate[]> {
  const blocks = [...bytes.toString('latin1').matchAll(PEM_BLOCK)];
  if (blocks.length === 0) return readDer(bytes);
  const lists = blocks.map(([, kind = '', text = '']) => {
    const decoded = Buffer.from(text, 'base64');
    return kind === 'PKCS7' || kind === 'CMS' ? readList(decoded) : [readCertificate(decoded)];
  });
  return (await Promise.all(lists)).flat();
}

async function readDer(bytes: Buffer): Promise<readonly Certificate[]> {
  if (bytes[0] !== TAG.sequence) {
    throw new CmsFault('malformed', 'There is no certificate in PEM or DER, and no list of certificates (.p7b).');
  }
  return child(parseBer(bytes), 0).tag === TAG.oid ? readList(bytes) : [readCertificate(bytes)];
}

async function readList(bytes: Buffer): Promise<readonly Certificate[]> {
  if (oidOf(child(parseBer(bytes), 0)) !== OID.signedData) {
    throw new CmsFault('malformed', 'The list of certificates is of another kind than .p7b.');
  }
  const { certificates } = await readSigned(contentOf(bytes));
  if (certificates.length === 0) throw new CmsFault('malformed', 'The list holds no certificate.');
  return certificates.map(readCertificate);
}

/** A certificate as PEM. */
export function certificatePem({ der }: Certificate): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
