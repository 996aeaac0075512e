import type SftpClient from 'ssh2-sftp-client';

type Algorithms = NonNullable<SftpClient.ConnectOptions['algorithms']>;

const MODERN = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group-exchange-sha256',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group18-sha512',
  ],
  cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes192-ctr', 'aes256-ctr'],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
} as const;
/** What old servers still need; taken only where the partner's connection says so. */
const LEGACY = {
  kex: ['diffie-hellman-group-exchange-sha1', 'diffie-hellman-group14-sha1'],
  cipher: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'],
  hmac: ['hmac-sha1'],
} as const;

/** Kinds of host keys, each with the algorithms that prove its possession. */
export const HOST_KEY_FAMILIES = [
  { type: 'ssh-ed25519', algorithms: ['ssh-ed25519'] },
  { type: 'ecdsa', algorithms: ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'] },
  { type: 'ssh-rsa', algorithms: ['rsa-sha2-512', 'rsa-sha2-256'] },
] as const;

export type HostKeyFamily = (typeof HOST_KEY_FAMILIES)[number];

/** What may be agreed on with a server. `families` are the kinds of host keys that it may show. */
export function algorithmsFor(legacy: boolean, families: readonly HostKeyFamily[]): Algorithms {
  const oldHostKey = legacy && families.some(({ type }) => type === 'ssh-rsa') ? (['ssh-rsa'] as const) : [];
  const serverHostKey = [...families.flatMap(({ algorithms }) => algorithms), ...oldHostKey];
  if (!legacy) return { kex: [...MODERN.kex], cipher: [...MODERN.cipher], hmac: [...MODERN.hmac], serverHostKey };
  return {
    kex: [...MODERN.kex, ...LEGACY.kex],
    cipher: [...MODERN.cipher, ...LEGACY.cipher],
    hmac: [...MODERN.hmac, ...LEGACY.hmac],
    serverHostKey,
  };
}

/** The kind of a host key in the form of the protocol: its first field names it. */
export function familyOf(key: Buffer): HostKeyFamily | undefined {
  const name = key.length < 4 ? '' : key.toString('latin1', 4, 4 + Math.min(key.readUInt32BE(0), 64));
  return HOST_KEY_FAMILIES.find(({ type }) => name.startsWith(type));
}
