import type { Owner } from '../exceptions/causes.ts';
import type { Page } from './types.ts';

export type ExceptionState = 'open' | 'resolved';

/** What an exception is about: a row of the ledger, or a connection by its name. */
export type SubjectKind = 'file' | 'interchange' | 'document' | 'sent-document' | 'connection';

export interface ExceptionSubject {
  readonly kind: SubjectKind;
  readonly id: string;
  /** The file it is in; null of a connection, and of what we send. */
  readonly fileId: string | null;
}

/** Something that ended badly or waits for a person. The same once more is the same exception, told again. */
export interface NewException {
  /** A code of the register of causes (src/exceptions/causes.ts). */
  readonly code: string;
  readonly partnerId: string | null;
  /** What else keeps it apart from others of its code and partner: a document type, a connection; may be empty. */
  readonly scope: string;
  /** Why, in a sentence with the values of this case. */
  readonly text: string;
  readonly subject: ExceptionSubject;
}

/** An open problem that somebody must see, or one that was: everything of one code, partner and scope. */
export interface ExceptionRow {
  readonly id: string;
  /** Of code, partner and scope: an exception that comes back has it again. */
  readonly fingerprint: string;
  readonly code: string;
  readonly owner: Owner;
  readonly partnerId: string | null;
  readonly scope: string;
  readonly text: string;
  readonly remedy: string;
  readonly state: ExceptionState;
  readonly assignee: string | null;
  /** How many files, interchanges, documents or connections it was about since it was opened. */
  readonly affected: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly resolvedAt: number | null;
  readonly resolution: string | null;
}

export interface ExceptionFilter {
  readonly state?: ExceptionState;
  readonly owner?: Owner;
  readonly code?: string;
  readonly partner?: string;
}

/** Who acts on an exception, and when; it stands in the audit log in the same transaction. */
export interface Act {
  readonly actor: string;
  readonly at: number;
}

/** How many exceptions of a code and owner are open, and since when the oldest is. */
export interface OpenExceptions {
  readonly owner: Owner;
  readonly code: string;
  readonly count: number;
  readonly oldestAt: number;
}

/** What the ledger knows of exceptions. Whatever it settles badly it makes one of by itself. */
export interface ExceptionLedger {
  /** Opens an exception, or tells the open one that it was seen again. For what is not a row of the ledger. */
  raise(exception: NewException, at: number): Promise<void>;
  /** A subject is well: exceptions that are about nothing else any more are resolved. */
  settleSubject(subjectId: string, at: number): Promise<void>;
  exception(id: string): Promise<ExceptionRow | null>;
  /** Newest first. */
  exceptions(filter: ExceptionFilter, cursor: string | null, limit: number): Promise<Page<ExceptionRow>>;
  /** What an exception is still about, oldest first. */
  subjectsOf(exceptionId: string, cursor: string | null, limit: number): Promise<Page<ExceptionSubject>>;
  /**
   * Makes what an open exception is about due again: files are split, documents translated or sent once more; answers how many. What
   * goes well is no part of it any more; the exception is resolved with the last. A reused control number fails again.
   */
  retryException(id: string, act: Act): Promise<number>;
  /** Closes an open exception for a reason; what it is about stays as it is. False when it is closed already. */
  resolveException(id: string, resolution: string, act: Act): Promise<boolean>;
  /** Gives an open exception to somebody; null takes it back. False when it is closed. */
  assignException(id: string, assignee: string | null, act: Act): Promise<boolean>;
  openExceptions(): Promise<readonly OpenExceptions[]>;
}
