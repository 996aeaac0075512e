import { readFileSync } from 'node:fs';
import { ERROR_CODES, type ErrorCode, GatewayError, messageOf } from '../errors.ts';
import { operationsFile } from '../settings/operations-file.ts';
import type { Settings } from '../settings/settings.ts';

/** The running gateway that owns the data folder, asked over its listener for operators. */
export interface OperationsClient {
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body: unknown): Promise<Answer>;
}

/** Milliseconds that an answer may take. */
const PATIENCE = 30_000;

/** Finds it by what it wrote into its data folder, else by the settings. */
export function operationsClient({ data, operations }: Pick<Settings, 'data' | 'operations'>): OperationsClient {
  const { host, port } = operations;
  let base = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  try {
    base = readFileSync(operationsFile(data), 'utf8').trim();
  } catch {
    // A gateway that was killed while it started; the settings are as good as any.
  }
  const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(new URL(path, base), {
      method,
      signal: AbortSignal.timeout(PATIENCE),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    }).catch((cause: unknown) => {
      const what = `${base}: the gateway that owns ${data} does not answer: ${messageOf(cause)}.`;
      throw new GatewayError('LEDGER_UNAVAILABLE', `${what} Wait until it is ready, or stop it.`, { cause });
    });
    const text = await response.text();
    if (!response.ok) throw problemOf(text, response.status);
    const answer: Answer = JSON.parse(text);
    return answer;
  };
  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
  };
}

function problemOf(text: string, status: number): GatewayError {
  try {
    const { code, detail }: { code?: string; detail?: string } = Object(JSON.parse(text));
    if (code !== undefined && isCode(code)) return new GatewayError(code, detail ?? code);
  } catch {
    // No problem of ours: somebody else listens there.
  }
  return new GatewayError('INTERNAL', `The gateway answered ${status}: ${text.slice(0, 200)}`);
}

function isCode(code: string): code is ErrorCode {
  return code in ERROR_CODES;
}
