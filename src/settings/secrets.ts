import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayError, messageOf } from '../errors.ts';

/**
 * The value of a secret by the name that configuration gives it (`acme-sftp` of `secret:acme-sftp`), read anew each time, so
 * that a changed file counts at once. SECRET_MISSING when there is none; no message ever holds a value.
 */
export type Secrets = (name: string) => string;

/** Secrets of the environment (`CROSSDOCK_SECRET_ACME_SFTP`), else of a file of that name in `folder`. */
export function createSecrets(sources: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string | null;
}): Secrets {
  const { environment, folder } = sources;
  return (name) => {
    const variable = secretVariable(name);
    const value = environment[variable] ?? '';
    if (value !== '') return value;
    if (folder === null) {
      const remedy = `Set ${variable}, or name a folder of secrets with CROSSDOCK_SECRETS and put a file ${name} there.`;
      throw new GatewayError('SECRET_MISSING', `There is no secret "${name}". ${remedy}`);
    }
    return contentOf(join(folder, name), name, variable);
  };
}

/** The environment variable of a secret: `CROSSDOCK_SECRET_ACME_SFTP` for `acme-sftp`. */
function secretVariable(name: string): string {
  return `CROSSDOCK_SECRET_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** Line ends at the end of the file are the editor's, not the secret's. */
function contentOf(file: string, name: string, variable: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/[\r\n]+$/, '');
  } catch (cause) {
    const remedy = `Write the file, or set ${variable}.`;
    const what = `The secret "${name}" cannot be read: ${messageOf(cause)}.`;
    throw new GatewayError('SECRET_MISSING', `${what} ${remedy}`, { cause });
  }
  if (text !== '') return text;
  throw new GatewayError(
    'SECRET_MISSING',
    `The file of the secret "${name}" is empty. Write its value, or set ${variable}.`,
  );
}
