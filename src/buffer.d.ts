/** Node's own fast paths for decoding a range, missing from its type declarations. */
interface Buffer {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
}
