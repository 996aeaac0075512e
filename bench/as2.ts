import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { certificatePem } from '../src/cms/certificate-file.ts';
import type { OwnKey } from '../src/cms/decrypt.ts';
import { generateSelfSigned } from '../src/cms/self-signed.ts';
import { createSpool, type Spool } from '../src/transports/as2/spool.ts';
import type { As2Agreement } from '../src/transports/as2/types.ts';
import { as2Agreement } from '../test/support/as2-agreement.ts';
import { postAll, type ReadyMessage, readyMessage, verifyAll } from './as2-sender.ts';
import { flushLatency } from './disk.ts';
import { type BenchGateway, startBenchGateway } from './gateway.ts';
import { x12File } from './generate.ts';
import { quantile, timingOf } from './measure.ts';
import { fileSystemOf, type Row, rate } from './report.ts';

const SENDERS = 8;
const MESSAGES = 500;
const ROUNDS = 4;
/** Packages that make a set of about 10 kB. */
const PACKAGES = 42;
const LARGE = 100_000_000;
const DAY = 86_400_000;
const NOTE = 'floor 300, goal 600; messages made before, MDNs verified after';
/** Between two looks at a feed that had nothing new, in milliseconds. */
const POLL = 20;
const CONNECTION = `as2: { url: "http://127.0.0.1:9/as2", sign: sha256, encrypt: aes256-cbc, mdn: sync, certificates: { theirs: theirs.pem, ours: ours.pem }, key: secret:as2 }`;

/**
 * Messages posted to a gateway in a process of its own, each answered with a signed MDN once it is durable. The senders are
 * on the same cores; they make the messages before the clock runs, and verify every MDN after it. Each round begins when the
 * gateway has nothing left to do.
 */
export async function benchmarkAs2(all: boolean): Promise<readonly Row[]> {
  const benchmark = `as2: signed and encrypted, signed MDN, durable before it (${fileSystemOf(tmpdir())})`;
  const disk = await flushLatency(benchmark);
  const many = await withGateway((line) => manyMessages(benchmark, line));
  return [...disk, ...many, ...(all ? await withGateway((line) => oneLarge(benchmark, line)) : [])];
}

/** A gateway that has seen nothing before, and what a partner needs to send it messages. */
interface Line {
  readonly gateway: BenchGateway;
  readonly agreement: As2Agreement;
  readonly spool: Spool;
}

async function withGateway(act: (line: Line) => Promise<readonly Row[]>): Promise<readonly Row[]> {
  const [ours, theirs] = await Promise.all([pair('gateway'), pair('sender')]);
  const gateway = await startBenchGateway({
    connection: CONNECTION,
    files: { 'ours.pem': certificatePem(ours.certificate), 'theirs.pem': certificatePem(theirs.certificate) },
    secrets: { as2: ours.key.export({ type: 'pkcs8', format: 'pem' }).toString() },
  });
  const spool = createSpool(join(gateway.staging, 'spool'));
  const url = `${gateway.partner}/as2`;
  const agreement = as2Agreement({ name: 'BENCH', key: theirs }, { name: 'CROSSDOCK', key: ours }, { url });
  try {
    return await act({ gateway, agreement, spool });
  } finally {
    await spool.close();
    await gateway.stop();
  }
}

async function manyMessages(benchmark: string, { gateway, agreement, spool }: Line): Promise<readonly Row[]> {
  const seconds: number[] = [];
  const untilEvents: number[] = [];
  const latencies: number[] = [];
  let used = 0;
  let sent = 0;
  const settled = createFollower(gateway);
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    const messages: ReadyMessage[] = [];
    for (let index = 0; index < MESSAGES; index++) {
      const number = ++sent;
      const document = x12File({ seed: number, sets: 1, packages: PACKAGES, controlNumber: number });
      messages.push(await readyMessage(document, String(number), agreement, spool));
    }
    const before = (await gateway.processorTime()) ?? 0;
    const began = performance.now();
    const answers = await postAll(agreement.url, messages, SENDERS);
    const answered = performance.now();
    const usedUntilMdn = ((await gateway.processorTime()) ?? 0) - before;
    await settled(sent);
    const ended = performance.now();
    await verifyAll(answers, agreement);
    if (round === 0) continue;
    seconds.push((answered - began) / 1000);
    untilEvents.push((ended - began) / 1000);
    latencies.push(...answers.map(({ milliseconds }) => milliseconds));
    used += usedUntilMdn;
  }
  const text = `${SENDERS} senders, 10 kB`;
  const sorted = latencies.toSorted((a, b) => a - b);
  return [
    rate(benchmark, text, 'messages/s', MESSAGES, timingOf(seconds), NOTE),
    ...[0.5, 0.95, 0.99].map((part) => ({
      benchmark,
      case: `${text}, p${part * 100} until the MDN`,
      unit: 'ms',
      median: quantile(sorted, part),
    })),
    rate(benchmark, `${text}, until their events are in the feed`, 'messages/s', MESSAGES, timingOf(untilEvents)),
    {
      benchmark,
      case: `${text}, processor time until the MDN`,
      unit: 'ms/message',
      median: (used / MESSAGES / ROUNDS) * 1000,
    },
  ];
}

/** Waits until so many events were in the feed in all. */
function createFollower(gateway: BenchGateway): (count: number) => Promise<void> {
  let after: string | null = null;
  let seen = 0;
  return async (count) => {
    while (seen < count) {
      const { items, next } = await gateway.events(after);
      after = next;
      seen += items.length;
      if (items.length === 0) await pause(POLL);
    }
  };
}

async function oneLarge(benchmark: string, { gateway, agreement, spool }: Line): Promise<readonly Row[]> {
  const message = await readyMessage(randomBytes(LARGE), 'large', agreement, spool);
  const began = performance.now();
  const answers = await postAll(agreement.url, [message], 1);
  const seconds = (performance.now() - began) / 1000;
  await verifyAll(answers, agreement);
  const memory = await gateway.peakMemory();
  return [
    { benchmark, case: 'one of 100 MB', unit: 'seconds', median: seconds, note: 'floor 5, goal 2' },
    ...(memory === null
      ? []
      : [{ benchmark, case: 'one of 100 MB, peak memory', unit: 'MB', median: memory / 1e6, note: 'floor 300' }]),
  ];
}

async function pair(commonName: string): Promise<OwnKey> {
  const now = Date.now();
  const options = { commonName, organization: null, country: null, bits: 2048 };
  return generateSelfSigned({ ...options, validFrom: now - DAY, validTo: now + 365 * DAY });
}
