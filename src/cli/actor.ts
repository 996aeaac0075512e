import { userInfo } from 'node:os';

/** Whoever the operating system says runs this command, for the audit log. */
export function actorName(): string {
  return userInfo().username;
}
