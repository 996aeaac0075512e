import type { NewFile } from './types.ts';

/** What tells one message of a partner from another. */
export interface MessageKey {
  /** AS2 names. */
  readonly theirs: string;
  readonly ours: string;
  readonly messageId: string;
}

/** An MDN as it went out, or goes out. */
export interface StoredMdn {
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: Buffer;
  /** Where it must still be sent; null when it was answered, or is delivered. */
  readonly due: string | null;
}

/** A message that a partner sent, and what it is answered. */
export interface ReceivedMessage extends MessageKey {
  readonly connection: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** Of the body as it came; the archive has it. */
  readonly sha256: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** `processed`, `processed/error: decryption-failed`, …. */
  readonly disposition: string;
  /** Its documents were taken. */
  readonly accepted: boolean;
  /** SHA-256 of what the MIC is over, in hex; null when the message was not read so far. */
  readonly content: string | null;
  readonly mdn: StoredMdn | null;
}

/** A message with the files that came in it; none when it was refused. */
export interface Delivery {
  readonly message: ReceivedMessage;
  readonly files: readonly NewFile[];
}

/** What a ledger remembers of messages. */
export interface MessageLedger {
  /**
   * Records messages with their files, all in one transaction; files as recordFiles does. A message whose key was accepted
   * before records nothing, and is answered with the earlier one; null says that it is recorded. One that was only refused
   * before is replaced. Answers in the order given.
   */
  recordMessages(deliveries: readonly Delivery[]): Promise<readonly (ReceivedMessage | null)[]>;
  /** The message of that key that was recorded last. */
  message(key: MessageKey): Promise<ReceivedMessage | null>;
  /** Messages whose MDN must still be sent, oldest first. */
  undeliveredMdns(): Promise<readonly ReceivedMessage[]>;
  /** Notes that the MDN of a message is delivered. */
  mdnDelivered(key: MessageKey): Promise<void>;
}
