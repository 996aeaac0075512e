import type { Ready } from './types.ts';

/** A way to log in. */
export type SftpLogin = 'key' | 'password' | 'keyboard-interactive';

/** A server, and who we are there. */
export interface SftpServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** SHA-256 of the keys that the server may show, in base64 without padding. Never empty. */
  readonly hostKeys: readonly string[];
  /** Names of secrets. */
  readonly key: string | null;
  readonly passphrase: string | null;
  readonly password: string | null;
  /** Tried in this order. */
  readonly login: readonly SftpLogin[];
  /** Old algorithms too: SHA-1 and CBC. */
  readonly legacy: boolean;
  /** Milliseconds that one call may take, or a transfer may stand still. */
  readonly timeout: number;
}

/** A time of every day in which nothing is looked for, in minutes after midnight; `from` after `to` goes over midnight. */
export interface QuietTime {
  readonly from: number;
  readonly to: number;
}

/** What is taken from the server, when and how. */
export interface SftpPickUp {
  /** Folder on the server; a relative one is under where the login leads. */
  readonly folder: string;
  /** Names that are meant, with `*` and `?`: any of the first, none of the others. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Levels of folders below `folder` that are looked into. */
  readonly depth: number;
  readonly sort: 'oldest' | 'name' | 'smallest';
  /** Files taken at one look. */
  readonly most: number;
  /** Largest file taken, in bytes. */
  readonly largest: number;
  /** Milliseconds between looks; also between the two looks of `stable`. */
  readonly every: number;
  /** Looks at these times instead, in the partner's time zone. */
  readonly cron: string | null;
  readonly quiet: readonly QuietTime[];
  readonly ready: Ready;
  /** `rename` marks a file as ours before it is read; `lease` relies on one poller alone. */
  readonly claim: 'rename' | 'lease';
  /** What becomes of a file that is stored here. */
  readonly after: { readonly do: 'delete' } | { readonly do: 'leave' } | { readonly do: 'move'; readonly to: string };
  /** Where files go that cannot be taken; null leaves them. */
  readonly failed: string | null;
}

/** Where our files are put, and how. */
export interface SftpDropOff {
  readonly folder: string;
  /** Files are written under another name first: with this ending, or in this folder. */
  readonly temporary: { readonly ending: string } | { readonly folder: string };
  /** Ending of an empty file that is put beside each one when it is whole. */
  readonly done: string | null;
  /** When another file has the name. */
  readonly exists: 'refuse' | 'replace' | 'rename';
  /** Permissions the files get, as in `0640`; null leaves what the server gives. */
  readonly permissions: number | null;
}

/** Files on a partner's SFTP server. */
export interface SftpConnection {
  readonly kind: 'sftp';
  readonly id: string;
  readonly server: SftpServer;
  readonly pickUp: SftpPickUp | null;
  readonly dropOff: SftpDropOff | null;
}
