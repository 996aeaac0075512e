import { createHash } from 'node:crypto';
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import type { FileView, GatewayProcess } from '../support/gateway.ts';
import type { Offer } from '../support/offers.ts';
import { SSHD, type SshServer } from '../support/servers/sshd.ts';
import { writeFiles } from '../support/temp-folder.ts';
import { WAREHOUSE } from '../support/warehouse.ts';
import { type ChaosProxy, startProxy } from './proxy.ts';
import type { Stage } from './stage.ts';

/** The warehouse with its files on an SFTP server, and a proxy before it. */
export interface SftpPartner {
  readonly sshd: SshServer;
  readonly proxy: ChaosProxy;
  /** What is picked up from, as it lies on this machine. */
  readonly folder: string;
  /** Puts a whole file there under a name, and tells the witness. */
  put(offer: Offer, name?: string): void;
  /** Names of the folder that are the partner's own. */
  lying(): readonly string[];
  /** The partner's file again, with these host keys. */
  pin(hostKeys: readonly string[]): Promise<void>;
}

/** Opens the stage with it. `keys` are more keys of the connection, in YAML. */
export async function openWithSftp(stage: Stage, keys = 'ready: immediate'): Promise<SftpPartner> {
  const sshd = await SSHD.own();
  stage.atTheEnd(() => sshd.stop());
  const proxy = await startProxy(sshd.port);
  stage.atTheEnd(() => proxy.close());
  const folder = sshd.makeFolder();
  const partnerFile = (hostKeys: readonly string[]): string => {
    const pinned = hostKeys.map((key) => `"SHA256:${key}"`).join(', ');
    const login = `host: 127.0.0.1, port: ${proxy.port}, user: ${sshd.user}, key: secret:warehouse, hostKeys: [${pinned}]`;
    return WAREHOUSE.replace(/folder: .*/, `sftp: { ${login}, pickUp: ${folder}/*, every: 1s, ${keys} }`);
  };
  await stage.open(
    { CROSSDOCK_SECRET_WAREHOUSE: sshd.key },
    { 'partners/warehouse/partner.yaml': partnerFile(sshd.hostKeys.slice(0, 1)) },
  );
  return {
    sshd,
    proxy,
    folder,
    put(offer, name = offer.name) {
      writeFileSync(`${folder}.part`, offer.content);
      renameSync(`${folder}.part`, join(folder, name));
      stage.witness.note(offer, 'offered', 'sftp');
    },
    lying: () => readdirSync(folder),
    pin: (hostKeys) => writeFiles(stage.place.config, { 'partners/warehouse/partner.yaml': partnerFile(hostKeys) }),
  };
}

/** The next so many offers of the warehouse, good ones alone. */
export function goodOffers(stage: Stage, count: number): readonly Offer[] {
  const found: Offer[] = [];
  while (found.length < count) {
    found.push(...stage.offers(4).filter(({ partner, state }) => partner === 'warehouse' && state === 'processed'));
  }
  return found.slice(0, count);
}

/** An offer with other bytes than an earlier one. */
export function changed(offer: Offer, change: Partial<Omit<Offer, 'sha256'>>): Offer {
  const next = { ...offer, ...change };
  return { ...next, sha256: createHash('sha256').update(next.content).digest('hex') };
}

/** Waits until so many files of these bytes are settled, duplicates among them. */
export async function settledCopies(
  gateway: GatewayProcess,
  { sha256 }: Offer,
  count: number,
): Promise<readonly FileView[]> {
  let found: readonly FileView[] = [];
  await eventually(
    `${count} files with these bytes are settled`,
    async () => {
      found = (await gateway.allFiles()).filter((file) => file.sha256 === sha256 && file.state !== 'received');
      return found.length >= count;
    },
    60,
  );
  return found;
}

/** How often the log says this. */
export function told(gateway: GatewayProcess, words: RegExp): number {
  return gateway
    .log()
    .split('\n')
    .filter((line) => words.test(line)).length;
}
