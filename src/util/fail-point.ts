/**
 * Places where a test can make the program fail, and what is true there. They do nothing unless NODE_ENV is `test` and
 * FAILPOINTS names them; docs/operations.md lists the same names.
 */
export const FAIL_POINTS = {
  'ingest.spool': 'Bytes of a file are being written to the archive; they have no final name yet.',
  'ingest.before_rename': 'The bytes are flushed; they still lie under a temporary name.',
  'ingest.before_commit': 'The bytes are durable; the ledger does not know the file.',
  'ingest.after_commit': 'The ledger knows the file; nobody was told that work is due.',
  'ingest.before_ack': 'Work is due; the sender was not answered, the file not taken from where it was offered.',
  'sftp.after_move': 'The file was taken away on the server; that is not noted here.',
  'work.after_claim': 'Work is claimed and has not begun.',
  'work.before_split': 'A file is about to be split; its name can be asked for.',
  'work.before_translate':
    'A document is about to be translated; the control number of its interchange can be asked for.',
  'work.before_record': 'Documents are translated; nothing of it is recorded.',
  'ledger.after_events': 'Within a transaction: events are inserted, states of documents and files are not.',
  'outbound.after_number':
    'An event, its documents and their control numbers are recorded; nobody was told or answered.',
  'outbound.after_send': 'A document is with the partner; that is not noted in the ledger.',
  'as2.after_post': 'A message was posted and answered; the answer was not read.',
  'purge.before_remove': 'Bytes are marked as purged; none is removed from the archive.',
  'purge.before_note': 'Bytes are removed from the archive; that is not noted in the ledger.',
  'pool.acquire': 'A connection to PostgreSQL is about to be taken from the pool.',
} as const;

/** One of them. */
export type FailPointName = keyof typeof FAIL_POINTS;

/** What happens at a place, and when. */
interface Fault {
  readonly point: FailPointName;
  /** Only for this subject; null for any. */
  readonly subject: string | null;
  /** The how-manieth time; null is every time. */
  readonly when: number | null;
  readonly act: () => Promise<void> | undefined;
}

/** Fail points that are armed. */
export interface FailPoints {
  /** Does here what was asked for: ends the process, throws, keeps the thread busy, or resolves later. */
  reach(point: FailPointName, subject?: string): Promise<void> | undefined;
}

const GRAMMAR = /^([a-z0-9]+\.[a-z_]+)(?:\[([^\]]+)\])?=(kill|throw|delay|spin)(?::([A-Za-z0-9_]+))?(?:@(\d+|\*))?$/;

/**
 * What FAILPOINTS asks for, such as `ingest.after_commit=kill@3;work.before_translate[0007]=throw:EPOISON;pool.acquire=delay:5000`:
 * a place, a subject there, what happens (`kill`, `throw:CODE`, `delay:MS`, `spin:MS`), and at which time (every time
 * without it). Null outside tests. Throws when it cannot be understood.
 */
export function armFailPoints(environment: Readonly<Record<string, string | undefined>>): FailPoints | null {
  const { NODE_ENV, FAILPOINTS = '' } = environment;
  if (NODE_ENV !== 'test' || FAILPOINTS === '') return null;
  const faults = FAILPOINTS.split(';').map(parseFault);
  const times = new Map<Fault, number>();
  return {
    reach: (point, subject) => {
      for (const fault of faults) {
        if (fault.point !== point || (fault.subject !== null && fault.subject !== subject)) continue;
        const time = (times.get(fault) ?? 0) + 1;
        times.set(fault, time);
        if (fault.when === null || fault.when === time) return fault.act();
      }
      return undefined;
    },
  };
}

/** Those of this process; null unless a test armed them. */
export const failPoints: FailPoints | null = armFailPoints(process.env);

function parseFault(text: string): Fault {
  const [, point = '', subject, action, value = '', when = '*'] = GRAMMAR.exec(text) ?? [];
  if (!isFailPoint(point) || action === undefined) {
    const known = Object.keys(FAIL_POINTS).join(', ');
    throw new Error(
      `FAILPOINTS: "${text}" says nothing. Write point=kill@3, point=throw:CODE, point=delay:MS or point=spin:MS; points are ${known}.`,
    );
  }
  return {
    point,
    subject: subject ?? null,
    when: when === '*' ? null : Number(when),
    act: actionOf(point, action, value),
  };
}

function actionOf(point: string, action: string, value: string): Fault['act'] {
  switch (action) {
    case 'kill':
      return () => {
        process.kill(process.pid, 'SIGKILL');
        return undefined;
      };
    case 'throw':
      return () => {
        throw Object.assign(new Error(`fail point ${point}: ${value}`), { code: value });
      };
    case 'delay':
      return () => new Promise((resolve) => setTimeout(resolve, Number(value)));
    default:
      return () => {
        for (const end = performance.now() + Number(value); performance.now() < end; );
        return undefined;
      };
  }
}

function isFailPoint(name: string): name is FailPointName {
  return Object.hasOwn(FAIL_POINTS, name);
}
