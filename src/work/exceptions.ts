import { GatewayError } from '../errors.ts';
import { causeOf } from '../exceptions/causes.ts';
import type { Act, ExceptionLedger, ExceptionRow } from '../ledger/exception-types.ts';

/** An exception as people and programs see it: with what its code means, times as text. */
export function exceptionView({ firstSeen, lastSeen, resolvedAt, ...row }: ExceptionRow) {
  const { title, class: failure } = causeOf(row.code);
  return {
    ...row,
    title,
    class: failure,
    firstSeen: new Date(firstSeen).toISOString(),
    lastSeen: new Date(lastSeen).toISOString(),
    resolvedAt: resolvedAt === null ? null : new Date(resolvedAt).toISOString(),
  };
}

/** What `exceptionView` gives. */
export type ExceptionView = ReturnType<typeof exceptionView>;

/** The exception; NOT_FOUND when there is none. */
export async function exceptionOf(ledger: Pick<ExceptionLedger, 'exception'>, id: string): Promise<ExceptionRow> {
  const row = await ledger.exception(id);
  if (row !== null) return row;
  const remedy = 'crossdock exceptions list, or GET /v1/exceptions, has those that are there.';
  throw new GatewayError('NOT_FOUND', `There is no exception "${id}". ${remedy}`);
}

/**
 * Makes what an open exception is about due again, and answers it with how many pieces of work began. Those that are due already, and
 * what no retry can help, are not among them. NOT_FOUND; EXCEPTION_RESOLVED.
 */
export async function retryOpen(
  ledger: Pick<ExceptionLedger, 'exception' | 'retryException'>,
  id: string,
  act: Act,
): Promise<ExceptionView & { readonly retried: number }> {
  refuseResolved(await exceptionOf(ledger, id));
  const retried = await ledger.retryException(id, act);
  return { ...exceptionView(await exceptionOf(ledger, id)), retried };
}

/** Closes an exception for a reason; one that is closed stays as it is. NOT_FOUND. */
export async function resolveOpen(
  ledger: Pick<ExceptionLedger, 'exception' | 'resolveException'>,
  id: string,
  because: string,
  act: Act,
): Promise<ExceptionView> {
  await exceptionOf(ledger, id);
  await ledger.resolveException(id, because, act);
  return exceptionView(await exceptionOf(ledger, id));
}

/** Gives an open exception to somebody, or with null to nobody. NOT_FOUND; EXCEPTION_RESOLVED. */
export async function assignOpen(
  ledger: Pick<ExceptionLedger, 'exception' | 'assignException'>,
  id: string,
  assignee: string | null,
  act: Act,
): Promise<ExceptionView> {
  const before = await exceptionOf(ledger, id);
  refuseResolved(before);
  if (before.assignee !== assignee) await ledger.assignException(id, assignee, act);
  const after = await exceptionOf(ledger, id);
  refuseResolved(after);
  return exceptionView(after);
}

function refuseResolved({ id, state, resolution }: ExceptionRow): void {
  if (state === 'open') return;
  const what = `Exception "${id}" is resolved: ${resolution ?? ''}`;
  throw new GatewayError('EXCEPTION_RESOLVED', `${what} What comes back opens an exception of its own.`);
}
