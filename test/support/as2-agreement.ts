import type { OwnKey } from '../../src/cms/decrypt.ts';
import type { As2Agreement } from '../../src/transports/as2/types.ts';

/** One of two companies: its AS2 name, and its pair. */
export interface As2Side {
  readonly name: string;
  readonly key: OwnKey;
}

/** What two companies agree on unless a test changes it: signed, encrypted, and a signed MDN at once. */
export function as2Agreement(
  ours: As2Side,
  theirs: As2Side,
  { url, ...change }: Partial<As2Agreement> & Pick<As2Agreement, 'url'>,
): As2Agreement {
  return {
    partnerId: theirs.name,
    connection: `as2:${theirs.name}/main`,
    theirs: theirs.name,
    ours: ours.name,
    url,
    sign: { digest: 'sha256', scheme: 'pkcs1' },
    encrypt: { cipher: 'aes256-cbc', transport: 'pkcs1' },
    compress: 'none',
    mdn: { mode: 'sync', signed: true, url: null },
    mdnWithin: 3_600_000,
    demand: { signed: false, encrypted: false },
    legacy: [],
    theirCertificates: [{ value: theirs.key.certificate, from: null }],
    ourKeys: [{ value: ours.key, from: null }],
    encoding: 'binary',
    digestNames: 'dashed',
    identifiedBy: 'issuer',
    algorithmProtection: true,
    duplicates: 'same-mdn',
    endedCertificates: 'refuse',
    mdnTargets: [],
    limits: { message: 8_000_000, inflate: { bytes: 8_000_000, ratio: 100 } },
    ...change,
  };
}
