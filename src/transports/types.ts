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
