/** A file that a connection offers. */
export interface Arrival {
  /** Same key, same file: path, inode, size and times, so that a file seen twice is one arrival and a new one is new. */
  readonly sourceKey: string;
  /** The sender's name for it: data, never a path of ours. */
  readonly name: string;
  readonly size: number;
  /** The bytes from the beginning. Throws FILE_UNREADABLE when the file is gone, changed since it was listed, or closed to us. */
  open(): AsyncIterable<Buffer>;
  /**
   * Takes the file away from the place it was offered. Called only after its bytes are durable.
   * False when the file stays: it changed since it was listed and is offered again as a new arrival, or it may not be
   * removed, which the transport has logged; then it is not offered again until it changes.
   */
  take(): Promise<boolean>;
}

/** Where partners' files come from. One driver per kind of connection; one contract suite runs over all. */
export interface ReceivingTransport {
  /** `folder:demo-3pl/main`. */
  readonly connection: string;
  readonly partnerId: string;
  /**
   * Starts watching. `offer` is called with batches of complete files, never twice at once; when it throws, the files stay
   * and are offered again. Never rejects for a faulty listing: that is logged and tried again.
   */
  start(offer: (arrivals: readonly Arrival[]) => Promise<void>): Promise<void>;
  /** Stops offering; resolves when the running offer is finished. */
  stop(): Promise<void>;
}

/** A file for a partner. Given again after a failure it is a retry: same id, same name, same bytes. */
export interface Outgoing {
  /** Ours, the same for every attempt; what a protocol needs as its own id is made of it. */
  readonly id: string;
  /** The name the partner sees, without a folder. */
  readonly name: string;
  /** As MIME says it: `application/edi-x12`. */
  readonly contentType: string;
  readonly size: number;
  /** Of the bytes, hexadecimal. */
  readonly sha256: string;
  /** The bytes from the beginning, as often as asked. */
  open(): AsyncIterable<Buffer>;
}

/** What proves that a file went out. */
export interface Receipt {
  /** What the partner finds it by: a path on its server, a Message-ID. */
  readonly reference: string;
  /** True when the partner's side has it whole, and said so; false while its word is awaited and comes by another way. */
  readonly confirmed: boolean;
  /** What was said, for people; null when nothing. */
  readonly says: string | null;
}

/** What the partner's side says of a file after it was sent. */
export interface LateReceipt {
  /** False when the partner refused it. */
  readonly delivered: boolean;
  /** Why it was refused, or what was noted; null where nothing was said. */
  readonly reason: string | null;
}

/** Where our files go out. One driver per kind of connection; one contract suite runs over all. */
export interface SendingTransport {
  /** `sftp:acme-3pl/main`. */
  readonly connection: string;
  readonly partnerId: string;
  /**
   * Brings one file to the partner, whole or not at all under its name; what is there already with the same bytes is as
   * good as sent. Rejects with a GatewayError; `failureOf` says what kind of failure it is.
   */
  send(file: Outgoing): Promise<Receipt>;
  /** Lets go of what it holds; what runs is finished first. */
  stop(): Promise<void>;
}
