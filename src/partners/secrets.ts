import { type ConfigNode, problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';

const SECRET_KEY =
  /(^(api|access|private|secret|shared)?_?key|password|passphrase|passwd|token|secret|authorization|credentials?)$/i;
const SECRET_REFERENCE = /^secret:[a-z0-9][a-z0-9-]*$/;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const LOGIN_IN_ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/[^/@\s]*:[^/@\s]*@/i;

/** Finds secrets that stand in a configuration file. The problems never repeat the value. */
export function inlineSecrets(node: ConfigNode, key = ''): readonly Problem[] {
  switch (node.kind) {
    case 'map':
      return node.entries.flatMap((entry) => inlineSecrets(entry.value, entry.key));
    case 'list':
      return node.items.flatMap((item) => inlineSecrets(item, key));
    case 'text':
      return isInlineSecret(key, node.value)
        ? [
            problem(
              node.at,
              'SECRET_INLINE',
              `"${key}" holds a secret.`,
              'Write secret:<name> (small letters, digits, hyphens), put the value into the environment variable CROSSDOCK_SECRET_<NAME> or a file of that name in the secrets folder, and change the secret where this file was shared.',
            ),
          ]
        : [];
  }
}

/** True for keys whose value is a secret by their name. */
export function holdsSecret(key: string): boolean {
  return SECRET_KEY.test(key);
}

function isInlineSecret(key: string, value: string): boolean {
  if (PRIVATE_KEY.test(value) || LOGIN_IN_ADDRESS.test(value)) return true;
  return holdsSecret(key) && value !== '' && !SECRET_REFERENCE.test(value);
}
