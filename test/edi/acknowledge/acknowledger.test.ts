import assert from 'node:assert/strict';
import { createAcknowledger } from '../../../src/edi/acknowledge/index.ts';
import { type Checked, createChecker } from '../../../src/edi/check/index.ts';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import { finding } from '../../../src/edi/findings.ts';
import { readAll } from '../../../src/edi/read.ts';
import { X12_DELIMITERS } from '../../../src/edi/x12/plain.ts';
import { answerLines, answersTo } from '../support/acknowledge.ts';
import { findingsOf } from '../support/check.ts';
import { bytes, gs, isa, st } from '../support/x12.ts';

const BSN = 'BSN*00*SHIP1*20240102*1530';
const good = st('856', BSN, 'HL*1**S');
const faulty = st('856', BSN, 'HL*1**S', 'XYZ*1', 'N3*1 MAIN', 'LIN**UP*1*VP', 'REF*BM*A:B', 'DTM*011*20230229*2460');
const functional = gs('FA', st('997', 'AK1*SH*1', 'AK9*A*1*1*1'));

const texts = (file: string, ...options: Parameters<typeof answersTo> extends [string, ...infer O] ? O : never) =>
  answersTo(file, ...options).map((answer) => answer.toString('latin1'));

describe('An acknowledgment', () => {
  it('goes back from the receiver to the sender, as a test when that was one, and asks for no TA1', () => {
    const file = isa({ senderQualifier: '02', sender: 'SCAC', acknowledge: '1', usage: 'T' }, gs('SH', good));
    const expected = [
      'ISA*00*          *00*          *ZZ*RECEIVER       *02*SCAC           *240103*0900*U*00401*000000501*0*T*:',
      'TA1*000000001*240102*1530*A*000',
      'GS*FA*RECEIVER*SENDER*20240103*0900*31*X*004010',
      'ST*997*0001',
      'AK1*SH*1',
      'AK2*856*0001',
      'AK5*A',
      'AK9*A*1*1*1',
      'SE*6*0001',
      'GE*1*31',
      'IEA*1*000000501',
      '',
    ];
    assert.deepEqual(texts(file), [expected.join('~\n')]);
  });

  it('has a 997 for each group, and a group for each release', () => {
    const file = isa({}, gs('SH', good), gs('SH', good), gs({ code: 'SH', version: '005010VICS' }, good));
    const [answer = ''] = texts(file);
    const envelopes = answer.split('~\n').filter((line) => /^(?:GS|ST|AK1|GE)/.test(line));
    assert.deepEqual(envelopes, [
      'GS*FA*RECEIVER*SENDER*20240103*0900*31*X*004010',
      'ST*997*0001',
      'AK1*SH*1',
      'ST*997*0002',
      'AK1*SH*2',
      'GE*2*31',
      'GS*FA*RECEIVER*SENDER*20240103*0900*32*X*005010',
      'ST*997*0003',
      'AK1*SH*3*005010VICS',
      'GE*1*32',
    ]);
  });

  it('is a 999 when the partner wants one', () => {
    const [answer = ''] = texts(isa({}, gs('SH', faulty)), { type: '999' });
    const lines = answer.split('~\n').slice(1, -3);
    assert.deepEqual(lines, [
      'GS*FA*RECEIVER*SENDER*20240103*0900*31*X*005010X231A1',
      'ST*999*0001*005010X231A1',
      'AK1*SH*1*004010',
      'AK2*856*0001',
      'IK3*XYZ*4**1',
      'IK3*N3*5**2',
      'IK3*LIN*6**8',
      'IK4*5*234*2',
      // Element 4 is there, and so 5 must be.
      'CTX*SITUATIONAL TRIGGER*LIN*6**4*235',
      'IK3*REF*7**8',
      'IK4*2:2*127*13*B',
      'IK3*DTM*8**8',
      'IK4*2*373*8*20230229',
      'IK4*3*337*9*2460',
      'IK5*R*5',
      'AK9*R*1*1*0',
      'SE*16*0001',
    ]);
  });

  it('is in the release that the partner wants', () => {
    assert.match(
      texts(isa({}, gs('SH', good)), { version: '005010' })[0] ?? '',
      /\*005010~\nST\*997\*0001~\nAK1\*SH\*1\*004010~/,
    );
  });

  it('is a valid document itself', () => {
    const file = isa({ acknowledge: '1' }, gs('SH', good, faulty), gs('QM', st('214', 'B10*1*2*SCAC')));
    const [answer] = answersTo(file);
    assert.ok(answer);
    assert.deepEqual(findingsOf(answer), []);
  });

  it('repeats names without characters that it cannot write', () => {
    const file = isa({ element: '|' }, gs('SH', st({ type: '856', controlNumber: '00#01' }, BSN, 'HL*1**S')));
    assert.ok(answerLines(file.replaceAll('#', '*')).includes('AK2*856*0001'));
  });
});

describe('Nothing is answered', () => {
  it('to acknowledgments', () => {
    assert.deepEqual(answersTo(isa({}, functional)), []);
    assert.deepEqual(answersTo(isa({ acknowledge: '1' }, 'TA1*000000001*240102*1530*A*000')), []);
    assert.deepEqual(answersTo(isa({ date: '241302' }, 'TA1*000000001*240102*1530*A*000')), []);
  });

  it('to a group of acknowledgments beside others', () => {
    assert.deepEqual(answerLines(isa({}, functional, gs('SH', good))), [
      'AK1*SH*2',
      'AK2*856*0001',
      'AK5*A',
      'AK9*A*1*1*1',
    ]);
  });

  it('to a file that is no interchange', () => assert.deepEqual(answersTo('Dear partner, see attachment.'), []));
});

describe('A rejected interchange', () => {
  it('has a TA1 and nothing else, and the next one of the file is answered by itself', () => {
    const file = isa({ trailer: false }, gs('SH', faulty)) + isa({ controlNumber: '000000002' }, gs('SH', good));
    assert.deepEqual(answerLines(file), [
      'TA1*000000001*240102*1530*R*023',
      'AK1*SH*1',
      'AK2*856*0001',
      'AK5*A',
      'AK9*A*1*1*1',
    ]);
  });
});

describe('Notes', () => {
  const checker = createChecker(createDictionaries());
  const checked = readAll(bytes(isa({}, gs('SH', good)))).flatMap((item) => checker.check(item) ?? []);
  const fault = (segment: number, element: number) =>
    finding('ELEMENT_CODE', { path: '', position: { byte: 0, segment, tag: 'HL', element }, value: 'X' });

  /** The answer's segments when each document of the file has these findings. */
  function withFaults(faults: ReturnType<typeof fault>[], documents: number): readonly (readonly unknown[])[] {
    const acknowledger = createAcknowledger({ type: '997', documents: 'all', delimiters: X12_DELIMITERS });
    const taken = checked.flatMap((one): readonly Checked[] =>
      one.kind === 'document' ? Array<Checked>(documents).fill({ ...one, findings: faults }) : [one],
    );
    return taken.flatMap((one) => acknowledger.take(one)?.groups ?? []).flatMap(({ segments }) => segments);
  }
  const count = (segments: readonly (readonly unknown[])[], tag: string) =>
    segments.filter(([name]) => name === tag).length;

  it('on elements are 99 at most behind one AK3', () => {
    const segments = withFaults(
      Array.from({ length: 120 }, () => fault(3, 1)),
      1,
    );
    assert.deepEqual([count(segments, 'AK3'), count(segments, 'AK4')], [1, 99]);
  });

  it('end when there are too many, and verdicts go on', () => {
    const faults = Array.from({ length: 1000 }, (_, index) => fault(index + 1, 1));
    const segments = withFaults(faults, 40);
    assert.deepEqual([count(segments, 'AK2'), count(segments, 'AK5')], [40, 40]);
    assert.ok(count(segments, 'AK3') <= 26_000);
  });
});

describe('What only a guide asks for', () => {
  const checker = createChecker(createDictionaries());
  const items = readAll(bytes(isa({}, gs('SH', good)))).flatMap((item) => checker.check(item) ?? []);
  const at = (element: number) => ({ path: '', position: { byte: 0, segment: 3, tag: 'HL', element } });
  const faults = [
    finding('ELEMENT_CODE', { ...at(3), x12: 'I6', value: 'S', severity: 'rejected' }),
    finding('SEGMENT_MISSING', { path: '', position: { byte: 0, segment: 4, tag: 'TD5' }, x12: 'I6' }),
  ];
  const told = (type: '997' | '999'): readonly string[] => {
    const acknowledger = createAcknowledger({ type, documents: 'all', delimiters: X12_DELIMITERS });
    return items
      .map((one) => (one.kind === 'document' ? { ...one, findings: faults } : one))
      .flatMap((one) => acknowledger.take(one)?.groups ?? [])
      .flatMap(({ segments }) => segments.slice(2, -1).map((segment) => segment.flat(2).join('*')));
  };

  it('has codes of its own in a 999', () => {
    assert.deepEqual(told('999'), ['IK3*HL*3**8', 'IK4*3****I6*S', 'IK3*TD5*4**I6', 'IK5*R*I5']);
  });

  it('has those of the standard in a 997', () => {
    assert.deepEqual(told('997'), ['AK3*HL*3**8', 'AK4*3***7*S', 'AK3*TD5*4**3', 'AK5*R*5']);
  });
});
