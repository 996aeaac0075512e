import type { Json } from '../events/types.ts';
import type { DocumentFilter, DocumentRow, Page, Reason, TranslationResult } from './types.ts';

/** `waiting` until the first documents are done; the last two are settled. */
export type ReplayState = 'waiting' | 'running' | 'done' | 'cancelled';

/** A request to read stored documents again. */
export interface NewReplay {
  readonly id: string;
  readonly createdAt: number;
  /** Who asked for it, as in the audit log. */
  readonly actor: string;
  /** Why, in the words of whoever asked; may be empty. */
  readonly because: string;
  /** Which documents; none that came in after the request. */
  readonly filter: DocumentFilter;
  /** The version to read them with; null for the one that their agreement pins. */
  readonly map: string | null;
  /** Compares only, and changes nothing. */
  readonly dryRun: boolean;
  /** Documents a second at most. */
  readonly rate: number;
}

/** Where a replay has come to. */
export interface ReplayRow extends NewReplay {
  readonly state: ReplayState;
  /** Documents when it was asked for; 100,000 stands for more. */
  readonly total: number;
  readonly done: number;
  readonly report: ReplayReport;
  readonly endedAt: number | null;
}

/** What reading again came to. */
export interface ReplayReport {
  readonly documents: {
    /** Nothing new to tell. */
    readonly unchanged: number;
    /** Events were told, taken back, or the document settled otherwise. */
    readonly changed: number;
    /** The map does not read it; what was told before stands. */
    readonly refused: number;
    /** Not read: in flight, a duplicate, its bytes gone. */
    readonly passedOver: number;
  };
  readonly events: {
    readonly same: number;
    readonly changed: number;
    readonly new: number;
    readonly withdrawn: number;
  };
  /** The same, with what was found grouped: the first groups, and how often something fell into none of them. */
  readonly groups: readonly ReplayGroup[];
  readonly ungrouped: number;
}

/** What happened to many in the same way. */
export interface ReplayGroup {
  readonly what: 'changed' | 'new' | 'withdrawn' | 'refused' | 'passed-over' | 'settled';
  /** An event type; of documents the code of the reason, or the state. */
  readonly name: string;
  /** The field that changed, `*` for any entry of a list; empty where the whole is meant. */
  readonly field: string;
  readonly count: number;
  readonly examples: readonly ReplayExample[];
}

export interface ReplayExample {
  readonly document: string;
  /** The values of a changed field, shortened; null where there is none. */
  readonly before: Json;
  readonly after: Json;
  /** The reason, where there is one. */
  readonly text: string;
}

/** The next documents of a replay, held by an epoch until it falls due again. */
export interface ReplayClaim {
  readonly replay: ReplayRow;
  readonly epoch: number;
  /** How often in a row it was claimed without an end; this claim included. */
  readonly tries: number;
  /** Where the last batch ended; null at the beginning. */
  readonly after: string | null;
}

/** What reading one document again gave, or why it was not read. */
export type ReplayOutcome =
  | { readonly document: DocumentRow; readonly result: TranslationResult }
  | { readonly document: DocumentRow; readonly passedOver: Reason };

/** How far a batch got. */
export interface ReplayProgress {
  /** The cursor behind its last document; null when there was none. */
  readonly after: string | null;
  /** No document is left. */
  readonly ended: boolean;
  /** When the next batch is due. */
  readonly dueAt: number;
  /** What the count of claims without an end goes back to. */
  readonly tries: number;
}

/** Reading stored documents again, as durable work. */
export interface ReplayLedger {
  /** Records the request with its line in the audit log. */
  requestReplay(replay: NewReplay): Promise<ReplayRow>;
  replay(id: string): Promise<ReplayRow | null>;
  /** Newest first. */
  replays(cursor: string | null, limit: number): Promise<Page<ReplayRow>>;
  /** Ends it where it is; what was done stays. Audited. Null when there is no such replay; one that has ended stays as it is. */
  cancelReplay(id: string, actor: string, now: number): Promise<ReplayRow | null>;
  /** The replay whose turn it is, held until `now + lease`; null when none is due. */
  claimReplay(now: number, lease: number): Promise<ReplayClaim | null>;
  /** Milliseconds (epoch) when the next one falls due, null when there is none. */
  nextReplayAt(): Promise<number | null>;
  /** Documents of a replay from a cursor on, oldest first, each with the cursor behind it. */
  replayDocuments(
    replay: NewReplay,
    after: string | null,
    limit: number,
  ): Promise<readonly { readonly document: DocumentRow; readonly cursor: string }[]>;
  /**
   * Compares what was read again with what was told, and (unless it is a dry run) records the difference: events that take the
   * place of others, new ones, withdrawals, the documents' new state. A claim whose epoch has passed records nothing.
   * Answers whether events were recorded.
   */
  recordReplay(
    claim: ReplayClaim,
    outcomes: readonly ReplayOutcome[],
    progress: ReplayProgress,
    now: number,
  ): Promise<boolean>;
  /** Puts a claim back as if it had never begun, due at that time. */
  releaseReplay(claim: ReplayClaim, dueAt: number): Promise<void>;
}
