import type { LoopInstance } from '../edi/structure-types.ts';
import type { Frame, ReadContext } from './frame.ts';
import { type EmittedBody, type EntryPath, emitAll, type FramePath } from './locate.ts';
import type { Program } from './program.ts';

/**
 * The frames of a list whose entries have something beside them (`with`), each inside its partner: the first with the first, and so
 * on. Where there are not as many of the one as of the other, nobody knows which belongs to which, and no entry has a partner.
 */
export class BesidePath implements EntryPath {
  readonly bits: number;
  readonly #entries: FramePath;
  readonly #partners: FramePath;

  constructor(entries: FramePath, partners: FramePath) {
    this.bits = entries.bits;
    this.#entries = entries;
    this.#partners = partners;
  }

  emitEach(program: Program, around: string, body: EmittedBody): string {
    return emitAll(program, this, around, body);
  }

  all(context: ReadContext, from: Frame): readonly Frame[] {
    const entries = this.#entries.all(context, from);
    const partners = entries.length === 0 ? [] : this.#partners.all(context, from);
    const paired = partners.length === entries.length;
    return entries.map((entry, index) => {
      const partner = paired ? partners[index] : undefined;
      const around = partner === undefined ? nothingIn(from) : { ...partner, parent: from };
      return { ...entry, parent: around };
    });
  }
}

function nothingIn(parent: Frame): Frame {
  const instance: LoopInstance = { node: parent.instance.node, parent: parent.instance, segments: [], children: [] };
  return { instance, segment: -1, parent, hidden: null, tags: 0 };
}
