import { constants } from 'node:fs';

/** For opening a file that a partner may exchange under our hands: no link is followed, a pipe does not block. */
export const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
