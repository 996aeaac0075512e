import { answerQuestions } from '../../src/util/thread.ts';
import { shippedMap } from '../mapping/support/maps.ts';
import { checkLaw, type LawReport } from './check-law.ts';

/** A shipped map, and which generated events it is to keep. */
export interface LawQuestion {
  readonly pin: string;
  readonly events: number;
  readonly seed: number;
}

answerQuestions(({ pin, events, seed }: LawQuestion): LawReport => checkLaw(shippedMap(pin), events, seed));
