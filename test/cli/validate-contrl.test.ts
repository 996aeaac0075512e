import assert from 'node:assert/strict';
import { una, unb, unh } from '../edi/support/edifact.ts';
import { gs, isa, st } from '../edi/support/x12.ts';
import { type Answer, run } from '../support/crossdock.ts';

const good = unh('DESADV', 'BGM+351+DES1+9', 'DTM+137:20240102:102', 'CPS+1', 'LIN+1');
const bad = unh('DESADV', 'BGM+351+DES2+9', 'DTM+137:20240231:102', 'CPS+1', 'LIN+1');

/** Standard output with the date and time of the envelopes left out. */
const edi = ({ stdout }: Answer): string => stdout.replace(/\+\d{6}:\d{4}\+/g, '+NOW+');
const validate = (input: string, ...words: readonly string[]): Promise<Answer> =>
  run(['validate', '-', ...words], { input });

describe('crossdock validate --ack, given EDIFACT', () => {
  it('writes a CONTRL to standard output and the findings to standard error', async () => {
    const answer = await validate(una() + unb({ rest: '++++++1' }, good, bad), '--ack');
    const lines = [
      'UNB+UNOA:3+RECEIVER:14+SENDER:14+NOW+1++++++1',
      'UNH+1+CONTRL:D:3:UN',
      'UCI+1+SENDER:14+RECEIVER:14+7',
      'UCM+1+DESADV:D:96A:UN+7',
      'UCM+2+DESADV:D:96A:UN+4',
      'UCS+3',
      'UCD+12+2:2',
      'UNT+7+1',
      'UNZ+1+1',
    ];
    assert.equal(edi(answer), lines.map((line) => `${line}'\n`).join(''));
    assert.match(answer.stderr, /^rejected ELEMENT_DATE DESADV\/DTM\/01-2/);
    assert.equal(answer.code, 3);
  });

  it('writes one that tells the receipt alone', async () => {
    const answer = await validate(unb({}, good, bad), '--ack=receipt');
    assert.match(answer.stdout, /^UNB.*\nUNH.*\nUCI\+1\+SENDER:14\+RECEIVER:14\+8'\nUNT\+3\+1'\nUNZ\+1\+1'\n$/);
  });

  it('tells the receipt of X12 with a TA1, where one is due', async () => {
    const group = gs('SH', st('856', 'BSN*00*SHIP1*20240102*1530', 'HL*1**S'));
    const asked = await validate(isa({ acknowledge: '1' }, group), '--ack=receipt');
    assert.match(asked.stdout, /~\nTA1\*000000001\*240102\*1530\*A\*000~\nIEA\*0\*000000001~\n$/);
    assert.equal((await validate(isa({}, group), '--ack=receipt')).stdout, '');
  });

  it('answers both standards in one file, with numbers that go on', async () => {
    const group = gs('SH', st('856', 'BSN*00*SHIP1*20240102*1530', 'HL*1**S'));
    const { stdout } = await validate(`${isa({}, group)}\n${unb({}, good)}`, '--ack');
    assert.match(stdout, /IEA\*1\*000000001~\nUNB\+.*\+2'\n.*UNZ\+1\+2'\n$/s);
  });

  it('says why no CONTRL is possible', async () => {
    const answer = await validate(unb({ reference: '' }, good), '--ack');
    assert.equal(answer.stdout, '');
    assert.match(
      answer.stderr,
      /No CONTRL can answer interchange without a reference: 0020 of the UNB is missing or has a wrong form\. Tell the partner in another way\./,
    );
  });

  it('shows nothing for CONTRL, and is accepted by validate itself', async () => {
    const { stdout } = await validate(unb({}, good, bad), '--ack');
    const answer = await validate(stdout, '--ack', '--json');
    assert.deepEqual([answer.stdout, JSON.parse(answer.stderr)], ['', { accepted: true, findings: [] }]);
  });
});
