import { answerQuestions } from '../../../src/util/thread.ts';

/** Says what it is asked, unless it is told to throw or to end. */
answerQuestions<string, string>((question) => {
  if (question === 'throw') throw new Error('thrown in the thread');
  if (question === 'exit') process.exit(0);
  return question;
});
