import assert from 'node:assert/strict';
import { gs, isa, st } from '../edi/support/x12.ts';
import { type Answer, run } from '../support/crossdock.ts';

const good = st('856', 'BSN*00*SHIP1*20240102*1530', 'HL*1**S');
const bad = st('856', 'BSN*00*SHIP2*20240102*1530', 'HL*1**S', 'DTM*011*20230229');
const functional = gs('FA', st('997', 'AK1*SH*1', 'AK9*A*1*1*1'));

/** Standard output with the date and time of the envelopes left out. */
const edi = ({ stdout }: Answer): string =>
  stdout.replace(/\*\d{6}\*\d{4}\*U\*/g, '*DATE*TIME*U*').replace(/\*\d{8}\*\d{4}\*/g, '*DATE*TIME*');
const validate = (input: string, ...words: readonly string[]): Promise<Answer> =>
  run(['validate', '-', ...words], { input });

describe('crossdock validate --ack', () => {
  it('writes the acknowledgment to standard output and the findings to standard error', async () => {
    const answer = await validate(isa({}, gs('SH', good, bad)), '--ack');
    const lines = [
      'ISA*00*          *00*          *ZZ*RECEIVER       *ZZ*SENDER         *DATE*TIME*U*00401*000000001*0*P*:',
      'GS*FA*RECEIVER*SENDER*DATE*TIME*1*X*004010',
      'ST*997*0001',
      'AK1*SH*1',
      'AK2*856*0001',
      'AK5*A',
      'AK2*856*0002',
      'AK3*DTM*4**8',
      'AK4*2*373*8*20230229',
      'AK5*R*5',
      'AK9*P*2*2*1',
      'SE*10*0001',
      'GE*1*1',
      'IEA*1*000000001',
    ];
    assert.equal(edi(answer), lines.map((line) => `${line}~\n`).join(''));
    assert.match(answer.stderr, /^rejected ELEMENT_DATE 856\/HL\[1\]\/DTM\/02/);
    assert.equal(answer.code, 3);
  });

  it('shows a TA1 when it is asked for', async () => {
    const answer = await validate(isa({ acknowledge: '1' }, gs('SH', good)), '--ack');
    assert.match(answer.stdout, /~\nTA1\*000000001\*240102\*1530\*A\*000~\nGS\*FA\*.*AK9\*A\*1\*1\*1~/s);
    assert.equal(answer.code, 0);
  });

  it('shows a TA1 alone when the interchange is rejected', async () => {
    const answer = await validate(isa({ trailer: false }, gs('SH', good)), '--ack');
    const [, ...lines] = answer.stdout.split('~\n');
    assert.deepEqual(lines, ['TA1*000000001*240102*1530*R*023', 'IEA*0*000000001', '']);
    assert.equal(answer.code, 3);
  });

  it('shows a 999 instead', async () => {
    const answer = await validate(isa({}, gs('SH', bad)), '--ack=999');
    assert.match(
      answer.stdout,
      /ST\*999\*0001\*005010X231A1~\nAK1\*SH\*1\*004010~\nAK2\*856\*0001~\nIK3\*DTM\*4\*\*8~/,
    );
  });

  it('shows nothing for acknowledgments', async () => {
    const answer = await validate(isa({}, functional), '--ack');
    assert.deepEqual([answer.code, answer.stdout], [0, '']);
    assert.match(answer.stderr, /^No acknowledgment is sent: nothing in the file is to be answered/m);
  });

  it('gives the JSON of the findings on standard error', async () => {
    const answer = await validate(isa({}, gs('SH', good)), '--ack', '--json');
    assert.deepEqual(JSON.parse(answer.stderr), { accepted: true, findings: [] });
    assert.match(answer.stdout, /^ISA\*/);
  });

  it('numbers the interchanges and groups of a file from 1', async () => {
    const file = isa({}, gs('SH', good)) + isa({ controlNumber: '000000002' }, gs('SH', good));
    const { stdout } = await validate(file, '--ack');
    const numbers = [...stdout.matchAll(/^(?:GE|IEA)\*1\*(\d+)~$/gm)].map(([, number]) => number);
    assert.deepEqual(numbers, ['1', '000000001', '2', '000000002']);
  });

  it('is accepted by validate itself', async () => {
    const { stdout } = await validate(isa({ acknowledge: '1' }, gs('SH', good, bad)), '--ack');
    const answer = await validate(stdout, '--json');
    assert.deepEqual(JSON.parse(answer.stdout), { accepted: true, findings: [] });
  });

  it('says where to write the file when it is taken for the type', async () => {
    const answer = await run(['validate', '--ack', 'file.edi']);
    assert.equal(answer.code, 2);
    assert.match(
      answer.stderr,
      /'file\.edi' is invalid\. Write --ack, --ack=997, --ack=999 or --ack=receipt, and the file before it\./,
    );
  });

  it('explains in its help what the control numbers are', async () => {
    const { stdout } = await run(['validate', '--help']);
    assert.match(stdout, /control numbers count from 1; real ones are taken when an acknowledgment is sent/);
  });
});
