import { type Digest, digestByOid, type KeyTransport } from './algorithms.ts';
import { type BerNode, child, oidOf } from './ber.ts';
import { CmsFault } from './fault.ts';
import { OID } from './oids.ts';
import { constructed, TAG } from './tags.ts';

/** RSASSA-PSS parameters (RFC 4055 3.1); what is left out is SHA-1 and 20. */
export function pssParameters(parameters: BerNode | undefined): {
  readonly digest: Digest;
  readonly saltBytes: number;
} {
  const digest = hashOf(field(parameters, 0));
  if (maskOf(field(parameters, 1)) !== digest) throw otherMask();
  const salt = field(parameters, 2);
  const saltBytes = salt === undefined ? 20 : smallNumber(salt);
  return { digest, saltBytes };
}

/** The key transport of a recipient: PKCS #1 v1.5, or OAEP with one digest for everything and no label (RFC 4055 4.1). */
export function keyTransportOf(algorithm: BerNode): KeyTransport {
  const oid = oidOf(child(algorithm, 0));
  if (oid === OID.rsaEncryption) return 'pkcs1';
  if (oid !== OID.rsaOaep)
    throw new CmsFault('unsupported', `The key travels in a way that is not supported (${oid}).`);
  const parameters = algorithm.children[1];
  const digest = hashOf(field(parameters, 0));
  if (maskOf(field(parameters, 1)) !== digest) throw otherMask();
  return `oaep-${digest}`;
}

/** A number of at most four bytes. */
export function smallNumber(node: BerNode): number {
  if (node.tag !== TAG.integer || node.content.length === 0 || node.content.length > 4) {
    throw new CmsFault('malformed', 'A number is missing or too large.');
  }
  return node.content.readIntBE(0, node.content.length);
}

function field(parameters: BerNode | undefined, number: number): BerNode | undefined {
  const found = parameters?.children.find(({ tag }) => tag === constructed(number));
  return found === undefined ? undefined : child(found, 0);
}

function hashOf(algorithm: BerNode | undefined): Digest {
  if (algorithm === undefined) return 'sha1';
  const digest = digestByOid(oidOf(child(algorithm, 0)));
  if (digest === undefined) throw new CmsFault('unsupported', 'The padding uses an unknown digest.');
  return digest;
}

function maskOf(algorithm: BerNode | undefined): Digest {
  return algorithm === undefined ? 'sha1' : hashOf(algorithm.children[1]);
}

function otherMask(): CmsFault {
  return new CmsFault('unsupported', 'The padding uses another digest for its mask.');
}
