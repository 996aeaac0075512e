import assert from 'node:assert/strict';
import type { ReadAcknowledgment } from '../../../src/edi/acknowledge/acknowledged.ts';
import { acknowledgedStatus } from '../../../src/edi/acknowledge/acknowledged-status.ts';
import { unb, unh } from '../support/edifact.ts';
import { acknowledgmentIn, acknowledgmentsIn } from '../support/read-acknowledgment.ts';
import { sampleFiles, samplesFolder } from '../support/samples.ts';
import { bytes, gs, isa, st } from '../support/x12.ts';

const functional = (type: string, ...segments: readonly string[]): ReadAcknowledgment =>
  acknowledgmentIn(bytes(isa({}, gs('FA', st(type, ...segments)))));
const contrl = (...segments: readonly string[]): ReadAcknowledgment =>
  acknowledgmentIn(bytes(unb({ syntax: 'UNOC:4' }, unh({ type: 'CONTRL', version: '4:1:UN' }, ...segments))));
const ta1 = (text: string): ReadAcknowledgment => acknowledgmentIn(bytes(isa({}, `TA1*000000012*240102*1530*${text}`)));

/** What is said of the set 0002 of the group SH 7 in the interchange 12, or of the message M2 in the interchange 12. */
const ofSet = (read: ReadAcknowledgment) =>
  acknowledgedStatus(read, {
    ...{ interchange: '000000012', group: { code: 'SH', controlNumber: '7' }, type: '856', controlNumber: '0002' },
  });
const ofMessage = (read: ReadAcknowledgment, group?: string) =>
  acknowledgedStatus(read, {
    ...{ interchange: '12', type: 'DESADV', controlNumber: 'M2' },
    ...(group === undefined ? {} : { group: { code: 'DESADV', controlNumber: group } }),
  });

describe('What a functional acknowledgment says of a set that was sent', () => {
  const rows: readonly (readonly [what: string, segments: readonly string[], expected: ReturnType<typeof ofSet>])[] = [
    ['accepted, when the group is and no set is named', ['AK1*SH*7', 'AK9*A*2*2*2'], 'accepted'],
    ['accepted, however many zeros the number of the group has', ['AK1*SH*0007', 'AK9*A*2*2*2'], 'accepted'],
    ['accepted with errors, when the group is', ['AK1*SH*7', 'AK9*E*2*2*2'], 'accepted-with-errors'],
    ['rejected, when the group is', ['AK1*SH*7', 'AK9*R*2*2*0'], 'rejected'],
    [
      'rejected, when the group is, whatever is said of the set',
      ['AK1*SH*7', 'AK2*856*0002', 'AK5*A', 'AK9*R*2*2*0'],
      'rejected',
    ],
    ['rejected, when a seal of the group is broken', ['AK1*SH*7', 'AK9*M*2*2*0'], 'rejected'],
    ['rejected, when the assurance of the group fails', ['AK1*SH*7', 'AK9*W*2*2*0'], 'rejected'],
    ['rejected, when the group cannot be deciphered', ['AK1*SH*7', 'AK9*X*2*2*0'], 'rejected'],
    ['rejected, when its own seal is broken', ['AK1*SH*7', 'AK2*856*0002', 'AK5*M*15', 'AK9*P*2*2*1'], 'rejected'],
    ['rejected, when the status of the group is unknown', ['AK1*SH*7', 'AK9*Q*2*2*2'], 'rejected'],
    ['accepted, when all rejected sets are named', ['AK1*SH*7', 'AK2*856*0001', 'AK5*R*5', 'AK9*P*2*2*1'], 'accepted'],
    ['open in part, when a rejected set is not named', ['AK1*SH*7', 'AK9*P*2*2*1'], 'partially-accepted'],
    [
      'its own status, when it is named',
      ['AK1*SH*7', 'AK2*856*0002', 'AK5*E*5', 'AK9*P*2*2*1'],
      'accepted-with-errors',
    ],
    ['rejected, when a part of it is', ['AK1*SH*7', 'AK2*856*0002', 'AK5*P', 'AK9*P*2*2*1'], 'rejected'],
    ['that of the group, when its own is missing', ['AK1*SH*7', 'AK2*856*0002', 'AK9*A*2*2*2'], 'accepted'],
    [
      'the worst, when it is named twice',
      ['AK1*SH*7', 'AK2*856*0002', 'AK5*R*23', 'AK2*856*0002', 'AK5*A', 'AK9*P*2*2*1'],
      'rejected',
    ],
    ['nothing, when the group is another', ['AK1*SH*8', 'AK9*A*2*2*2'], null],
    ['nothing, when the group is of other documents', ['AK1*QM*7', 'AK9*A*2*2*2'], null],
  ];
  for (const [what, segments, expected] of rows)
    it(what, () => assert.equal(ofSet(functional('997', ...segments)), expected));

  it('is nothing without AK1 or AK9', () => {
    const files = [['AK9*A*1*1*1'], ['AK1*SH*7'], ['AK1*SH', 'AK9*A*1*1*1']].map((segments) =>
      bytes(isa({}, gs('FA', st('997', ...segments)))),
    );
    assert.deepEqual(files.flatMap(acknowledgmentsIn), []);
  });
});

describe('What an answer to an interchange says of a document that was sent', () => {
  it('nothing but that it arrived, when a TA1 accepts', () => {
    assert.deepEqual([ofSet(ta1('A*000')), ofSet(ta1('E*021'))], ['received', 'received']);
    assert.equal(ta1('E*021').interchange?.status, 'accepted-with-errors');
  });

  it('that it is rejected, when a TA1 rejects', () => assert.equal(ofSet(ta1('R*023')), 'rejected'));

  const uci = (action: string): string => `UCI+12+US:14+THEM:14+${action}`;
  const rows: readonly (readonly [
    what: string,
    segments: readonly string[],
    expected: string | null,
    group?: string,
  ])[] = [
    ['accepted, when action 7 does not name it', [uci('7'), 'UCM+M1+DESADV:D:96A:UN+4'], 'accepted'],
    ['rejected, when it is named so', [uci('7'), 'UCM+M2+DESADV:D:96A:UN+4+29+UNT+2'], 'rejected'],
    ['accepted, when it is named so', [uci('7'), 'UCM+M2+DESADV:D:96A:UN+7'], 'accepted'],
    ['rejected with its interchange', [uci('4'), 'UCM+M2+DESADV:D:96A:UN+7'], 'rejected'],
    ['received, by action 8', [uci('8')], 'received'],
    ['accepted with its group', [uci('7'), 'UCF+7+A+B+7'], 'accepted', '7'],
    ['rejected with its group', [uci('7'), 'UCF+7+A+B+4+28'], 'rejected', '7'],
    ['accepted, when another group is rejected', [uci('7'), 'UCF+8+A+B+4+28'], 'accepted', '7'],
    ['rejected in its group', [uci('7'), 'UCF+7+A+B+7', 'UCM+M2+DESADV:D:96A:UN+4'], 'rejected', '7'],
    [
      'accepted, when a namesake in another group is rejected',
      [uci('7'), 'UCF+8+A+B+7', 'UCM+M2+DESADV:D:96A:UN+4'],
      'accepted',
      '7',
    ],
    ['rejected, when it is named without its group', [uci('7'), 'UCM+M2+DESADV:D:96A:UN+4'], 'rejected', '7'],
    ['accepted, by the old action 1', [uci('1')], 'accepted'],
    ['accepted with errors, by the old action 2', [uci('2')], 'accepted-with-errors'],
    ['open in part, by the old action 3', [uci('3')], 'partially-accepted'],
    ['received, by the old action 5', [uci('5')], 'received'],
    ['rejected, by the old action 6', [uci('6')], 'rejected'],
    ['rejected, by an action that is unknown', [uci('9')], 'rejected'],
    ['nothing, when the interchange is another', ['UCI+13+US+THEM+7'], null],
  ];
  for (const [what, segments, expected, group] of rows) {
    it(`${what} (CONTRL)`, () => assert.equal(ofMessage(contrl(...segments), group), expected));
  }

  it('nothing without UCI', () => {
    const file = bytes(unb({}, unh({ type: 'CONTRL' }, 'UCM+M1+DESADV:D:96A:UN+7')));
    assert.deepEqual(acknowledgmentsIn(file), []);
  });
});

describe('The errors that an acknowledgment tells', () => {
  const groups = [
    { code: 'SH', controlNumber: '7', status: 'rejected', others: 'rejected', errors: [{ level: 'group', code: '4' }] },
  ];
  const document = { group: '7', type: '856', controlNumber: '0001', status: 'rejected' };

  it('are those of AK3, AK4, AK5 and AK9', () => {
    const body = ['AK2*856*0001', 'AK3*DTM*4**8', 'AK4*2*373*8*20230229', 'AK3*REF*5**5', 'AK5*R*5*4', 'AK9*R*1*1*0*4'];
    const errors = [
      { level: 'segment', code: '8', tag: 'DTM', segment: 4 },
      { level: 'element', code: '8', tag: 'DTM', segment: 4, element: 2, elementNumber: '373', value: '20230229' },
      { level: 'segment', code: '5', tag: 'REF', segment: 5 },
      { level: 'document', code: '5' },
      { level: 'document', code: '4' },
    ];
    assert.deepEqual(functional('997', 'AK1*SH*7', ...body), {
      kind: '997',
      groups,
      documents: [{ ...document, errors }],
    });
  });

  it('are those of IK3, IK4 and IK5, with components and repetitions', () => {
    const body = [
      'AK2*856*0001*X',
      'IK3*REF*5**8',
      'CTX*BSN02:SHIP1',
      'IK4*4:1:2**I6',
      'CTX*SITUATIONAL TRIGGER*LIN*6**4:1*235',
      'CTX*PO NUMBER:4711',
      'IK5*R*I5',
      'AK9*R*1*1*0*4',
    ];
    const errors = [
      {
        ...{ level: 'segment', code: '8', tag: 'REF', segment: 5 },
        context: [{ name: 'BSN02', reference: 'SHIP1' }],
      },
      {
        ...{ level: 'element', code: 'I6', tag: 'REF', segment: 5, element: 4, component: 1, repetition: 2 },
        context: [
          { name: 'SITUATIONAL TRIGGER', tag: 'LIN', segment: 6, element: 4, component: 1 },
          { name: 'PO NUMBER', reference: '4711' },
        ],
      },
      { level: 'document', code: 'I5' },
    ];
    assert.deepEqual(functional('999', 'AK1*SH*7*004010', ...body), {
      kind: '999',
      groups,
      documents: [{ ...document, errors }],
    });
  });

  it('are those of UCM, UCS and UCD, with elements counted as in findings', () => {
    const read = contrl('UCI+12+A+B+7', 'UCM+M1+DESADV:D:96A:UN+4+29+UNT+2', 'UCS+3+13', 'UCS+4', 'UCD+12+3:2:5');
    assert.deepEqual(read.documents, [
      {
        ...{ group: '', type: 'DESADV', controlNumber: 'M1', status: 'rejected' },
        errors: [
          { level: 'document', code: '29', tag: 'UNT', element: 1 },
          { level: 'segment', code: '13', segment: 3 },
          { level: 'element', code: '12', segment: 4, element: 2, component: 2, repetition: 5 },
        ],
      },
    ]);
  });

  it('are those of TA1, UCI and UCF', () => {
    assert.deepEqual(ta1('R*023').interchange?.errors, [{ level: 'interchange', code: '023' }]);
    const errors = [{ level: 'interchange', code: '7', tag: 'UNB', element: 3, component: 1 }];
    assert.deepEqual(contrl('UCI+12+A+B+4+7+UNB+4:1').interchange?.errors, errors);
    assert.deepEqual(contrl('UCI+12+A+B+7', 'UCF+7+A+B+4+28+UNE+3').groups[0]?.errors, [
      { level: 'group', code: '28', tag: 'UNE', element: 2 },
    ]);
  });

  it('are read as they are told, also those that we never write', () => {
    const codes = ({ documents }: ReadAcknowledgment) =>
      documents.flatMap(({ errors }) => errors.map(({ code }) => code));
    const vendor = ['AK1*SH*7', 'AK2*856*0001', 'AK3*REF*4**511', 'AK4*1**11', 'AK5*R*5*27', 'AK9*R*1*1*0'];
    assert.deepEqual(codes(functional('997', ...vendor)), ['511', '11', '5', '27']);
    const guide = ['AK1*SH*7', 'AK2*856*0001', 'IK3*REF*4**I9', 'IK4*1**I13', 'IK5*R*I5*I6', 'AK9*R*1*1*0'];
    assert.deepEqual(codes(functional('999', ...guide)), ['I9', 'I13', 'I5', 'I6']);
    const made = ['UCI+12+A+B+7', 'UCM+M1+DESADV:D:96A:UN+4+70', 'UCS+4+76', 'UCD+99+2'];
    assert.deepEqual(codes(contrl(...made)), ['70', '76', '99']);
  });

  it('are none of documents that are no acknowledgments', () => {
    assert.deepEqual(
      acknowledgmentsIn(bytes(isa({}, gs('SH', st('856', 'BSN*00'))) + unb({}, unh('DESADV', 'UCI+1')))),
      [],
    );
  });
});

/** Kind, group or interchange, documents of each published sample. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  '997-pyx12-1.edi': ['997 HC 1167 rejected: 1179 rejected 5', 'TA1 000001168 accepted'],
  '997-pyx12-2.edi': [
    '997 HI 17 rejected: 11280001 rejected 2, 11280002 rejected 2, 11280003 rejected 2',
    '997 HC 18 rejected: 11280001 rejected 5',
    '997 HP 383880001 rejected: 0001 rejected 2',
  ],
  '997-pyx12-3.edi': ['997 HC 1167 accepted: 1179 accepted 0', 'TA1 000001168 accepted'],
  '997-pyx12-4.edi': ['997 HP 383880001 rejected: 0001 rejected 8'],
  '997-staedi-1.edi': [],
  '997-staedi-2.edi': ['997 <NOT_IN_CODESET> 000001 rejected', '997 <NOT_IN_CODESET> 000001 rejected'],
  '997-staedi-3.edi': ['997 <NOT_IN_CODESET> 000001 rejected'],
  '997-stupidedi-1.edi': ['997 AG 160 accepted: 0160 accepted 0'],
  '999-pyx12-1.edi': ['999 BE 146 accepted: 146001 accepted 0'],
  '999-staedi-1.edi': [],
  '999-x12-types-1.edi': ['999 HC 28 rejected: 0028 rejected 2'],
  '999-x12-types-2.edi': ['999 HC 28 accepted: 0028 accepted 0'],
  'TA1-staedi-1.edi': ['TA1 000000050 accepted'],
  'TA1-staedi-2.edi': ['TA1 000000050 accepted'],
};

function shown({ kind, interchange, groups, documents }: ReadAcknowledgment): readonly string[] {
  if (interchange !== undefined) return [`${kind} ${interchange.controlNumber} ${interchange.status}`];
  const said = documents
    .map(({ controlNumber, status, errors }) => `${controlNumber} ${status} ${errors.length}`)
    .join(', ');
  return groups.map(
    ({ code, controlNumber, status }) => `${kind} ${code} ${controlNumber} ${status}${said && `: ${said}`}`,
  );
}

describe('The published acknowledgments', () => {
  const folder = samplesFolder();
  if (folder === null) {
    it('are not read: there is no samples folder', () => {});
    return;
  }
  for (const [name, file] of sampleFiles(folder, 'x12')) {
    if (!/^(?:997|999|TA1)/.test(name)) continue;
    it(`${name} says what a person reads in it`, () => {
      assert.deepEqual(acknowledgmentsIn(file).flatMap(shown), SAMPLES[name]);
    });
  }
});
