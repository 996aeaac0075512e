import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificatePem } from '../../src/cms/certificate-file.ts';
import { contentOf, gather } from '../../src/cms/content.ts';
import type { OwnKey } from '../../src/cms/decrypt.ts';
import { generateSelfSigned } from '../../src/cms/self-signed.ts';
import { type BuiltMessage, buildMessage } from '../../src/transports/as2/build.ts';
import { expectedOf, readReceipt } from '../../src/transports/as2/mdn-read.ts';
import { type Posted, post } from '../../src/transports/as2/post.ts';
import type { As2Agreement } from '../../src/transports/as2/types.ts';
import { createHttpClient } from '../../src/transports/http/client.ts';
import { as2Agreement } from '../support/as2-agreement.ts';
import { writeFiles } from '../support/temp-folder.ts';
import { WAREHOUSE } from '../support/warehouse.ts';
import type { Stage } from './stage.ts';

const DAY = 86_400_000;

/** A pair whose certificate is good from and until so many days from now. */
export function pairFor(name: string, from = -1, until = 365): Promise<OwnKey> {
  const now = Date.now();
  const times = { validFrom: now + from * DAY, validTo: now + until * DAY };
  return generateSelfSigned({ commonName: name, organization: null, country: null, bits: 2048, ...times });
}

/** The warehouse, that sends messages over AS2: signed and encrypted, with a signed MDN at once. */
export interface As2Partner {
  /** Its pair in use. */
  readonly theirs: OwnKey;
  readonly ours: OwnKey;
  /** Makes a message of a document. */
  build(
    document: Buffer | string,
    options?: { readonly id?: string; readonly name?: string; readonly key?: OwnKey },
  ): Promise<BuiltMessage>;
  /** Posts it to the gateway, or to another address; null when no answer came. */
  post(
    message: BuiltMessage,
    options?: { readonly url?: string; readonly deadline?: number },
  ): Promise<Answered | null>;
  /** The partner's file again, with these certificates of its own. */
  certify(keys: readonly OwnKey[]): Promise<void>;
}

/** What a message was answered. */
export interface Answered {
  readonly status: number;
  readonly mdn: Buffer;
  /** What the MDN proves. */
  readonly result: string;
  readonly reason: string;
}

/** Opens the stage with it; `pairs` are its certificates, the first of which it uses. */
export async function openWithAs2(
  stage: Stage,
  { theirs = [], ours = null }: { readonly theirs?: readonly OwnKey[]; readonly ours?: OwnKey | null } = {},
): Promise<As2Partner> {
  const own = ours ?? (await pairFor('OURCO'));
  const all = theirs.length === 0 ? [await pairFor('WAREHOUSE')] : theirs;
  const [used = own] = all;
  const folder = 'partners/warehouse';
  const filesFor = (keys: readonly OwnKey[]): Readonly<Record<string, string>> => {
    const names = keys.map((_, index) => `theirs-${index}.pem`);
    const as2 = `url: "https://edi.warehouse.example/as2", sign: sha256, encrypt: aes256-cbc, mdn: sync, certificates: { theirs: [${names.join(', ')}], ours: ours.pem }, key: secret:as2`;
    return {
      [`${folder}/partner.yaml`]: WAREHOUSE.replace(/folder: .*/, `as2: { ${as2} }`)
        .replace('identifiers: {', 'identifiers: { as2: WAREHOUSE,')
        .replace('us: {', 'us: { as2: OURCO,'),
      [`${folder}/ours.pem`]: certificatePem(own.certificate),
      ...Object.fromEntries(
        keys.map((key, index) => [`${folder}/theirs-${index}.pem`, certificatePem(key.certificate)]),
      ),
    };
  };
  await stage.open({ CROSSDOCK_SECRET_AS2: pemOf(own) }, filesFor(all));
  const client = createHttpClient({ allowPrivate: true });
  stage.atTheEnd(() => client.close());
  const agreement = (key: OwnKey): As2Agreement =>
    as2Agreement(
      { name: 'WAREHOUSE', key },
      { name: 'OURCO', key: own },
      { url: 'http://127.0.0.1:9/as2', endedCertificates: 'take' },
    );
  let made = 0;
  return {
    theirs: used,
    ours: own,
    build: (document, { id = `<${++made}@warehouse>`, name = `${made}.edi`, key = used } = {}) =>
      buildMessage(
        [{ fileName: name, contentType: 'application/edi-x12', body: contentOf(Buffer.from(document)) }],
        agreement(key),
        {
          now: Date.now(),
          messageId: id,
          boundary: () => `=_part-${++made}`,
          keep: async (chunks) => contentOf(await gather(chunks)),
          subject: 'Documents',
        },
      ),
    post: async (message, { url = `${stage.gateway.partner}/as2`, deadline = 60_000 } = {}) => {
      const options = { client, sealed: true, deadline, limit: 1_000_000 };
      const posted: Posted = await post(url, message.headers, message.body, options);
      if (posted.status === null) return null;
      const { status, entity } = posted;
      const receipt = await readReceipt(entity, expectedOf(message, agreement(used), Date.now()));
      const mdn = await entity.body.bytes(0, entity.body.size);
      return { status, mdn, result: receipt.result, reason: receipt.result === 'delivered' ? '' : receipt.reason };
    },
    certify: (keys) => writeFiles(stage.place.config, filesFor(keys)),
  };
}

function pemOf({ key }: OwnKey): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Whether the archive has a blob, whatever became of it. */
export function isArchived({ place }: Stage, bytes: Buffer): boolean {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  try {
    return readFileSync(join(place.data, 'archive', sha256.slice(0, 2), sha256.slice(2))).equals(bytes);
  } catch {
    return false;
  }
}
