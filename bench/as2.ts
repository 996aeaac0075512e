import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificatePem } from '../src/cms/certificate-file.ts';
import { contentOf } from '../src/cms/content.ts';
import type { OwnKey } from '../src/cms/decrypt.ts';
import { generateSelfSigned } from '../src/cms/self-signed.ts';
import { type BuiltMessage, buildMessage } from '../src/transports/as2/build.ts';
import { createFolderMessages } from '../src/transports/as2/folder-messages.ts';
import { sendMessage } from '../src/transports/as2/send.ts';
import { createSpool, type Spool } from '../src/transports/as2/spool.ts';
import type { As2Agreement } from '../src/transports/as2/types.ts';
import { createHttpClient } from '../src/transports/http/client.ts';
import { systemClock } from '../src/util/clock.ts';
import { as2Agreement } from '../test/support/as2-agreement.ts';
import { type BenchGateway, startBenchGateway } from './gateway.ts';
import { x12File } from './generate.ts';
import { timingOf } from './measure.ts';
import { fileSystemOf, type Row, rate } from './report.ts';

const SENDERS = 8;
const MESSAGES = 400;
const ROUNDS = 3;
const WARM_UP = 200;
/** Packages that make a set of about 10 kB. */
const PACKAGES = 42;
const LARGE = 100_000_000;
const DAY = 86_400_000;
const CLIENT = createHttpClient({ allowPrivate: true });
const CONNECTION = `as2: { url: "http://127.0.0.1:9/as2", sign: sha256, encrypt: aes256-cbc, mdn: sync, certificates: { theirs: theirs.pem, ours: ours.pem }, key: secret:as2 }`;

/**
 * Messages posted to a gateway in a process of its own, each answered with a signed MDN once it is durable. The senders make
 * the messages before the clock runs, and check each MDN. The gateway reads and translates the documents meanwhile.
 */
export async function benchmarkAs2(all: boolean): Promise<readonly Row[]> {
  const benchmark = `as2: signed and encrypted, signed MDN, durable before it (${fileSystemOf(tmpdir())})`;
  const many = await withGateway((gateway, send) => manyMessages(benchmark, gateway, send));
  return all ? [...many, ...(await withGateway((gateway, send) => oneLarge(benchmark, gateway, send)))] : many;
}

/** A gateway that has seen nothing before, and somebody to send it messages. */
async function withGateway(
  act: (gateway: BenchGateway, send: Sender) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const [ours, theirs] = await Promise.all([pair('gateway'), pair('sender')]);
  const gateway = await startBenchGateway({
    connection: CONNECTION,
    files: { 'ours.pem': certificatePem(ours.certificate), 'theirs.pem': certificatePem(theirs.certificate) },
    secrets: { as2: ours.key.export({ type: 'pkcs8', format: 'pem' }).toString() },
  });
  const spool = createSpool(join(gateway.staging, 'spool'));
  try {
    return await act(
      gateway,
      await createSender(
        gateway,
        as2Agreement(
          { name: 'BENCH', key: theirs },
          { name: 'CROSSDOCK', key: ours },
          { url: `${gateway.partner}/as2` },
        ),
        spool,
      ),
    );
  } finally {
    await spool.close();
    await gateway.stop();
  }
}

async function manyMessages(benchmark: string, gateway: BenchGateway, send: Sender): Promise<readonly Row[]> {
  await send.all(await send.make(WARM_UP));
  const seconds: number[] = [];
  let used = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const messages = await send.make(MESSAGES);
    const before = (await gateway.processorTime()) ?? 0;
    const began = performance.now();
    await send.all(messages);
    seconds.push((performance.now() - began) / 1000);
    used += ((await gateway.processorTime()) ?? 0) - before;
  }
  const text = `${SENDERS} senders, 10 kB`;
  return [
    rate(benchmark, text, 'messages/s', MESSAGES, timingOf(seconds), 'floor 300, goal 600'),
    { benchmark, case: `${text}, processor time`, unit: 'ms/message', median: (used / MESSAGES / ROUNDS) * 1000 },
  ];
}

async function oneLarge(benchmark: string, gateway: BenchGateway, send: Sender): Promise<readonly Row[]> {
  const message = await send.build(randomBytes(LARGE));
  const began = performance.now();
  await send.all([message]);
  const seconds = (performance.now() - began) / 1000;
  const memory = await gateway.peakMemory();
  return [
    { benchmark, case: 'one of 100 MB', unit: 'seconds', median: seconds, note: 'floor 5, goal 2' },
    ...(memory === null
      ? []
      : [{ benchmark, case: 'one of 100 MB, peak memory', unit: 'MB', median: memory / 1e6, note: 'floor 300' }]),
  ];
}

interface Sender {
  make(count: number): Promise<readonly BuiltMessage[]>;
  build(document: Buffer): Promise<BuiltMessage>;
  /** Sends all, so many at once, and throws when one is not delivered. */
  all(messages: readonly BuiltMessage[]): Promise<void>;
}

async function createSender(gateway: BenchGateway, agreement: As2Agreement, spool: Spool): Promise<Sender> {
  const messages = await createFolderMessages(join(gateway.staging, 'sent'));
  let numbers = 0;
  const build = (document: Buffer): Promise<BuiltMessage> => {
    const id = ++numbers;
    const body = contentOf(document);
    return buildMessage([{ fileName: `${id}.edi`, contentType: 'application/edi-x12', body }], agreement, {
      now: Date.now(),
      messageId: `<${id}@bench>`,
      boundary: () => `=_${id}-${++numbers}`,
      keep: spool.keep,
      subject: 'Benchmark',
    });
  };
  return {
    build,
    make: async (count) => {
      const made: BuiltMessage[] = [];
      for (let index = 0; index < count; index++) {
        const number = numbers + 1;
        made.push(await build(x12File({ seed: number, sets: 1, packages: PACKAGES, controlNumber: number })));
      }
      return made;
    },
    all: async (list) => {
      const left = [...list];
      const one = async (): Promise<void> => {
        for (let message = left.pop(); message !== undefined; message = left.pop()) {
          const outcome = await sendMessage(message, agreement, {
            client: CLIENT,
            messages,
            clock: systemClock,
            deadline: 60_000,
            limit: 1_000_000,
          });
          if (outcome.result !== 'delivered') throw new Error(`A message came to this: ${JSON.stringify(outcome)}`);
        }
      };
      await Promise.all(Array.from({ length: SENDERS }, one));
    },
  };
}

async function pair(commonName: string): Promise<OwnKey> {
  const now = Date.now();
  const options = { commonName, organization: null, country: null, bits: 2048 };
  return generateSelfSigned({ ...options, validFrom: now - DAY, validTo: now + 365 * DAY });
}
