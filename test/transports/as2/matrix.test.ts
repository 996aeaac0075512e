import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { CIPHERS, DIGESTS, KEY_TRANSPORTS } from '../../../src/cms/algorithms.ts';
import type { As2Agreement } from '../../../src/transports/as2/types.ts';
import { createRandom } from '../../../src/util/random.ts';
import { eventually } from '../../support/eventually.ts';
import { allPairs } from './support/all-pairs.ts';
import { document, withStations } from './support/station.ts';

/** What may be chosen, one value each; every value meets every other in some case. */
const CHOICES = {
  layers: ['plain', 'signed', 'encrypted', 'signed and encrypted'],
  compress: ['none', 'before-signing', 'after-signing'],
  mdn: ['none', 'sync', 'async'],
  receipt: ['signed', 'unsigned'],
  digest: DIGESTS,
  scheme: ['pkcs1', 'pss'],
  cipher: CIPHERS,
  transport: KEY_TRANSPORTS,
  payload: ['x12', 'edifact', 'xml', 'binary', 'empty', 'line feeds', '1.2 MB'],
  encoding: ['binary', 'base64'],
  identifiedBy: ['issuer', 'key'],
  digestNames: ['dashed', 'plain'],
  documents: ['one', 'two'],
} as const;

type Case = { readonly [Key in keyof typeof CHOICES]: (typeof CHOICES)[Key][number] };

const PAYLOADS: Readonly<Record<Case['payload'], Buffer>> = {
  x12: Buffer.from('ISA*00*          *00*          *ZZ*A              *ZZ*B              ~\r\nIEA*1*000000001~\r\n'),
  edifact: Buffer.from("UNB+UNOC:3+A:14+B:14+261128:1200+1'UNZ+0+1'"),
  xml: Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?>\n<Order>M\u00fcnchen</Order>\n', 'latin1'),
  binary: randomBytes(4_000),
  empty: Buffer.alloc(0),
  'line feeds': Buffer.from('\n\r\r\n--\n--boundary\r\n\n\n'),
  '1.2 MB': randomBytes(1_200_000),
};

const CASES: readonly Case[] = allPairs(CHOICES, createRandom(1), 160);

function changes(choice: Case): Partial<As2Agreement> {
  const signed = choice.layers.includes('signed');
  const encrypted = choice.layers.includes('encrypted');
  return {
    sign: signed ? { digest: choice.digest, scheme: choice.scheme } : null,
    encrypt: encrypted ? { cipher: choice.cipher, transport: choice.transport } : null,
    compress: choice.compress,
    encoding: choice.encoding,
    identifiedBy: choice.identifiedBy,
    digestNames: choice.digestNames,
    demand: { signed, encrypted },
    legacy: ['sha1', '3des'],
  };
}

describe('messages between two gateways', function () {
  this.timeout(120_000);
  const stations = withStations();
  before('the cases are enough', () => assert.ok(CASES.length >= 150, `there are ${CASES.length}`));
  for (const [index, choice] of CASES.entries()) {
    it(`case ${index + 1}: ${Object.values(choice).join(', ')}`, async () => {
      const [sender, receiver] = stations();
      const url = choice.mdn === 'async' ? sender.url : null;
      sender.agree({ ...changes(choice), mdn: { mode: choice.mdn, signed: choice.receipt === 'signed', url } });
      receiver.agree({ ...changes(choice), mdnTargets: url === null ? [] : [url] });
      const bytes = PAYLOADS[choice.payload];
      const documents = [
        document(bytes, 'first.edi'),
        ...(choice.documents === 'two' ? [document('second', null)] : []),
      ];
      const message = await sender.build(documents);
      const outcome = await sender.send(message);
      switch (choice.mdn) {
        case 'none':
          assert.deepEqual(outcome, { result: 'taken' });
          break;
        case 'sync':
          assert.deepEqual(outcome, { result: 'delivered', warning: null });
          break;
        case 'async': {
          assert.deepEqual(outcome, { result: 'awaiting-mdn' });
          await eventually('the MDN is here', async () => {
            return (await sender.sent.sent(message.messageId))?.receipt?.result === 'delivered';
          });
        }
      }
      assert.equal(receiver.taken.length, documents.length);
      assert.equal(receiver.taken[0]?.name, 'first.edi');
      assert.ok(receiver.taken[0]?.bytes.equals(bytes));
      if (choice.documents === 'two') assert.equal(receiver.taken[1]?.bytes.toString(), 'second');
    });
  }
});
