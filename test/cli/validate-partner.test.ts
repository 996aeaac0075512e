import assert from 'node:assert/strict';
import { join } from 'node:path';
import { unb, unh } from '../edi/support/edifact.ts';
import { gs, isa, st } from '../edi/support/x12.ts';
import { type Answer, CHECKOUT, run } from '../support/crossdock.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

const PARTNER = `partner: acme
name: Acme
timezone: UTC
identifiers: { x12: ZZ/SENDER, edifact: "SENDER:14" }
us: { x12: ZZ/RECEIVER, edifact: "RECEIVER:14" }
severity: { INTERCHANGE_RECEIVER_UNKNOWN: rejected }
inbound:
  - { document: 856, map: x12/856@1.0.0, acknowledge: { with: 999, documents: rejected }, severity: { ELEMENT_CODE: rejected } }
  - { document: 214, map: x12/214@1.0.0 }
`;

const notice = (...segments: readonly string[]) => st('856', 'BSN*00*SHIP1*20240102*1530', ...segments);
const good = notice('HL*1**S');
const withErrors = notice('HL*1**S*2');

describe('crossdock validate --partner --ack', () => {
  const folder = tempFolder();
  const validate = async (input: string, ...words: readonly string[]): Promise<Answer> => {
    await writeFiles(join(folder(), 'partners'), { 'acme/partner.yaml': PARTNER });
    const env = { CROSSDOCK_PARTNERS: join(folder(), 'partners'), CROSSDOCK_MAPS: join(CHECKOUT, 'maps') };
    return run(['validate', '-', '--partner', 'acme', ...words], { input, env });
  };

  it('answers as was agreed: a 999 that names what is rejected, which the partner decides', async () => {
    const answer = await validate(isa({}, gs('SH', good, withErrors)), '--ack');
    const lines = answer.stdout.split('~\n').slice(2, -3);
    assert.deepEqual(lines, [
      'ST*999*0001*005010X231A1',
      'AK1*SH*1*004010',
      'AK2*856*0002',
      'IK3*HL*3**8',
      'IK4*4*736*7*2',
      'IK5*R*5',
      'AK9*P*2*2*1',
      'SE*8*0001',
    ]);
    assert.match(answer.stderr, /^rejected ELEMENT_CODE 856\/HL\[1\]\/04 "2"/);
    assert.equal(answer.code, 3);
  });

  it('answers nothing where nothing was agreed, unless it is asked for', async () => {
    const file = isa({}, gs('QM', st('214', 'B10*1*2*SCAC', 'LX*1')));
    assert.equal((await validate(file, '--ack')).stdout, '');
    assert.match((await validate(file, '--ack=997')).stdout, /~\nAK1\*QM\*1~\n/);
    assert.equal((await validate(unb({}, unh('DESADV')), '--ack')).stdout, '');
  });

  it('says that an interchange is not from the partner, or not for us', async () => {
    const file = isa({ sender: 'OTHER', receiver: 'NOBODY', acknowledge: '1' }, gs('SH', good));
    const answer = await validate(file, '--ack');
    assert.match(answer.stdout, /~\nTA1\*000000001\*240102\*1530\*R\*009~\nIEA/);
    assert.match(answer.stderr, /accepted-with-errors INTERCHANGE_SENDER_UNKNOWN ISA\/06 "OTHER"/);
    assert.match(answer.stderr, /rejected INTERCHANGE_RECEIVER_UNKNOWN ISA\/08 "NOBODY"/);
  });
});
