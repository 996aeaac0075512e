import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { failureOf } from '../../src/errors.ts';
import type { Outgoing, SendingTransport } from '../../src/transports/types.ts';

/** What the suite needs of a driver: a partner's side where files land, fresh for each test. */
export interface SendingPlace {
  /** A transport to the place; called again it is another process. */
  transport(): SendingTransport;
  /** Every name that lies there, hidden ones too. */
  names(): Promise<readonly string[]>;
  text(name: string): Promise<string>;
  /** A file of the partner's own appears. */
  put(name: string, text: string): Promise<void>;
  /** From now on we may not write there; `open` ends it. */
  close(): Promise<void>;
  open(): Promise<void>;
}

/** A file to send, given in pieces. */
export function outgoing(name: string, content: string | Buffer, id = `out-${name.length}`): Outgoing {
  const bytes = Buffer.from(content);
  return {
    id,
    name,
    contentType: 'application/edi-x12',
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    async *open() {
      for (let from = 0; from < bytes.length; from += 100_000) yield bytes.subarray(from, from + 100_000);
    },
  };
}

/** How a send failed. */
export async function failureOfSend(send: Promise<unknown>): Promise<string> {
  return send.then(
    () => 'none',
    (error: unknown) => failureOf(error),
  );
}

/** The promises of SendingTransport, tested over one driver. `place` is called within each test. */
export function sendingTransportContract(driver: string, place: () => SendingPlace): void {
  describe(`the sending transport contract: ${driver}`, () => {
    const running: SendingTransport[] = [];
    const transport = (): SendingTransport => {
      const made = place().transport();
      running.push(made);
      return made;
    };
    afterEach(async () => {
      await place().open();
      for (const made of running.splice(0)) await made.stop();
    });

    it('brings a file under its name, and nothing else', async () => {
      const receipt = await transport().send(outgoing('a.edi', 'ISA*one'));
      assert.equal(receipt.confirmed, true);
      assert.match(receipt.reference, /a\.edi$/);
      assert.deepEqual(await place().names(), ['a.edi']);
      assert.equal(await place().text('a.edi'), 'ISA*one');
    });

    it('brings an empty file and a large one whole', async () => {
      const large = 'ISA*'.repeat(250_000);
      const sender = transport();
      await sender.send(outgoing('empty.edi', ''));
      await sender.send(outgoing('large.edi', large));
      assert.equal(await place().text('empty.edi'), '');
      assert.ok((await place().text('large.edi')) === large);
    });

    it('takes the same file again for sent, also from another process', async () => {
      const file = outgoing('a.edi', 'one');
      const first = await transport().send(file);
      const second = await transport().send(file);
      assert.deepEqual(second, first);
      assert.deepEqual(await place().names(), ['a.edi']);
    });

    it('never replaces a file of that name with other bytes', async () => {
      await place().put('a.edi', 'two');
      assert.equal(await failureOfSend(transport().send(outgoing('a.edi', 'one'))), 'permanent');
      assert.equal(await place().text('a.edi'), 'two');
      assert.deepEqual(await place().names(), ['a.edi']);
    });

    it('leaves nothing behind when the bytes cannot be read, and sends the file at the next attempt', async () => {
      const file = outgoing('a.edi', 'one');
      const broken: Outgoing = {
        ...file,
        async *open() {
          yield Buffer.from('on');
          throw new Error('the archive is away');
        },
      };
      const sender = transport();
      assert.equal(await failureOfSend(sender.send(broken)), 'transient');
      assert.ok(!(await place().names()).includes('a.edi'));
      await sender.send(file);
      assert.deepEqual(await place().names(), ['a.edi']);
      assert.equal(await place().text('a.edi'), 'one');
    });

    it('does not call fewer bytes than announced sent', async () => {
      const file = { ...outgoing('a.edi', 'one'), size: 4 };
      assert.equal(await failureOfSend(transport().send(file)), 'transient');
      assert.deepEqual(await place().names(), []);
    });

    it('says that somebody must act where we may not write, and sends when that is done', async () => {
      const file = outgoing('a.edi', 'one');
      const sender = transport();
      await place().close();
      assert.equal(await failureOfSend(sender.send(file)), 'config');
      await place().open();
      await sender.send(file);
      assert.equal(await place().text('a.edi'), 'one');
    });

    for (const name of ['../a.edi', '/etc/a.edi', '..', 'a\nb.edi', 'a\\b.edi', '', 'x'.repeat(256)]) {
      it(`refuses the name ${JSON.stringify(name.slice(0, 20))}`, async () => {
        assert.equal(await failureOfSend(transport().send(outgoing(name, 'one'))), 'permanent');
        assert.deepEqual(await place().names(), []);
      });
    }

    it('sends strange but plain names as they are', async () => {
      const names = ['with blank.edi', '-rf', 'é😀.edi', '$(id).edi'];
      const sender = transport();
      for (const name of names) await sender.send(outgoing(name, name));
      assert.deepEqual([...(await place().names())].sort(), [...names].sort());
    });

    it('sends many at once', async () => {
      const sender = transport();
      const names = Array.from({ length: 40 }, (_, index) => `file-${index}.edi`);
      await Promise.all(names.map((name) => sender.send(outgoing(name, name, name))));
      assert.deepEqual([...(await place().names())].sort(), [...names].sort());
    });
  });
}
