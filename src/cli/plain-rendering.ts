import type { Dictionaries } from '../edi/dictionary/types.ts';
import type { CompiledMap } from '../mapping/types.ts';
import type { Envelope } from '../outbound/envelope.ts';
import { NOBODY } from '../outbound/partner-envelope.ts';
import type { RenderContext } from '../outbound/render.ts';
import type { WritingStyle } from '../partners/types.ts';

/** One segment a line: on a terminal and in a file of tests that is easier to read than one line for all. */
export const PLAIN: WritingStyle = { delimiters: null, lineBreak: '\n', charset: null, syntax: null, guide: null };

/** A test interchange of nobody's, of a moment that is always the same. */
export const PLAIN_ENVELOPE: Envelope = {
  ...NOBODY,
  test: true,
  date: '20261205',
  time: '0600',
  numbers: { interchange: 1, group: 1, document: 1 },
  style: PLAIN,
};

/** How a document of nobody's is rendered. */
export function plainContext(map: CompiledMap, dictionaries: Dictionaries): RenderContext {
  return { map, dictionaries, timezone: null, envelope: PLAIN_ENVELOPE };
}
