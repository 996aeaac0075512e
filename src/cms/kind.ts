import { oidOf } from './ber.ts';
import type { Content } from './content.ts';
import { createCursor } from './cursor.ts';
import { CmsFault } from './fault.ts';
import { OID } from './oids.ts';
import { TAG } from './tags.ts';

/** What a CMS message is, by its own words: `enveloped` with or without authentication; null when it is none of these. */
export async function kindOfMessage(content: Content): Promise<'enveloped' | 'signed' | 'compressed' | null> {
  try {
    const cursor = createCursor(content);
    await cursor.enter(TAG.sequence);
    switch (oidOf(await cursor.take())) {
      case OID.envelopedData:
      case OID.authEnvelopedData:
        return 'enveloped';
      case OID.signedData:
        return 'signed';
      case OID.compressedData:
        return 'compressed';
      default:
        return null;
    }
  } catch (error) {
    if (error instanceof CmsFault) return null;
    throw error;
  }
}
