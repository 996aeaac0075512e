import type { Software } from '../support/servers/binaries.ts';
import type { Stage } from './stage.ts';

/** A test of the suite that shows a row already. */
export interface Shown {
  /** `test/gateway/crash.test.ts`. */
  readonly file: string;
  /** Part of its full title. */
  readonly title: string;
}

/** One row of the fault matrix: a fault, and how it is shown that nothing comes of it. */
export interface Row {
  readonly number: number;
  /** `redis flushed under load`. */
  readonly title: string;
  /** Whether every run of the tests shows it; where another test of the suite does, that one. */
  readonly gate: boolean | Shown;
  /** Programs it cannot do without. */
  readonly needs?: readonly Software[];
  /** It mounts a file system of its own, which only root may. */
  readonly root?: boolean;
  /** Why it cannot be played here, beyond programs that are missing; null when it can. */
  readonly unless?: () => string | null;
  /** Why it says nothing yet. */
  readonly notYet?: string;
  /** Throws what does not hold. Without it the test of the suite is run. */
  readonly run?: (stage: Stage) => Promise<void>;
}

/** `F017`. */
export function codeOf({ number }: Row): string {
  return `F${String(number).padStart(3, '0')}`;
}
