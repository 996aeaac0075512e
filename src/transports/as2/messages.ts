import type { Header } from './mime/headers.ts';

/** What tells one message of a partner from another. */
export interface MessageKey {
  /** AS2 names. */
  readonly theirs: string;
  readonly ours: string;
  readonly messageId: string;
}

/** An MDN as it went out, or goes out. */
export interface StoredMdn {
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** Where it must still be sent; null when it was answered, or is delivered. */
  readonly due: string | null;
}

/** A message that a partner sent, and what it was answered. */
export interface ReceivedMessage extends MessageKey {
  readonly connection: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** Of the body as it came; the archive has it. */
  readonly sha256: string;
  readonly headers: readonly Header[];
  /** `processed`, `processed/error: decryption-failed`, …. */
  readonly disposition: string;
  /** Its documents were taken. */
  readonly accepted: boolean;
  /** SHA-256 of what the MIC is over, in hex; null when the message was not read so far. */
  readonly content: string | null;
  readonly mdn: StoredMdn | null;
}

/** A message of ours that waits for an MDN. */
export interface SentMessage {
  readonly messageId: string;
  readonly connection: string;
  readonly sentAt: number;
  /** By digest, in hex. */
  readonly mics: Readonly<Record<string, string>>;
  readonly receipt: { readonly result: string; readonly reason: string | null; readonly at: number } | null;
}

/** Remembers messages. When a method that writes returns, what it wrote survives a power cut. */
export interface As2Messages {
  /** The message of that key that was recorded last. */
  received(key: MessageKey): Promise<ReceivedMessage | null>;
  recordReceived(message: ReceivedMessage): Promise<void>;
  /** Messages whose MDN must still be sent. */
  undelivered(): Promise<readonly ReceivedMessage[]>;
  sent(messageId: string): Promise<SentMessage | null>;
  recordSent(message: SentMessage): Promise<void>;
}
