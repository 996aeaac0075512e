import { createRandom, type Random } from './random.ts';

/** What is asked of the generator; the same answers give the same bytes. */
export interface X12Options {
  readonly seed: number;
  /** Sets of the file. */
  readonly sets: number;
  /** Packages of a set with two items each; 4 make 67 segments and about 1.4 kB, 42 about 10 kB. */
  readonly packages?: number;
  /** ISA13, one to nine digits. */
  readonly controlNumber?: number;
  /** Whose file it is: at most 15 letters. */
  readonly sender?: string;
}

const SETS_IN_GROUP = 400;
const CITIES = ['SPARKS*NV*89431', 'TACOMA*WA*98402', 'RENO*NV*89502', 'PORTLAND*OR*97201', 'FRESNO*CA*93650'];
const STREETS = ['1450 EXAMPLE PARKWAY', '200 SAMPLE AVENUE', '77 SPECIMEN ROAD', '9 PATTERN LANE'];
const GOODS = ['DESK LAMP BRASS', 'LAMP SHADE', 'BULB E27', 'POWER CORD', 'WALL CLOCK'];

/** One interchange of ship notices (856, 004010): a shipment, an order, packages, two items in each. */
export function x12File({ seed, sets, packages = 4, controlNumber = 1, sender = 'DEMO3PL' }: X12Options): Buffer {
  const random = createRandom(seed);
  const number = String(controlNumber).padStart(9, '0');
  const parts = [
    `ISA*00*          *00*          *ZZ*${sender.padEnd(15)}*ZZ*CROSSDOCK      *261204*1030*U*00401*${number}*0*P*:~\n`,
  ];
  const groups = Math.ceil(sets / SETS_IN_GROUP);
  for (let group = 1; group <= groups; group++) {
    const first = (group - 1) * SETS_IN_GROUP;
    const count = Math.min(SETS_IN_GROUP, sets - first);
    parts.push(`GS*SH*${sender}*CROSSDOCK*20261204*1030*${group}*X*004010~\n`);
    for (let index = 1; index <= count; index++) {
      parts.push(shipNotice(random, String(index).padStart(4, '0'), `S${number}-${first + index}`, packages));
    }
    parts.push(`GE*${count}*${group}~\n`);
  }
  parts.push(`IEA*${groups}*${number}~\n`);
  return Buffer.from(parts.join(''), 'latin1');
}

/** A file of about so many bytes, with sets of 1.4 kB. */
export function x12FileOfSize(bytes: number, seed: number): Buffer {
  const sample = x12File({ seed, sets: 100 }).length / 100;
  return x12File({ seed, sets: Math.max(1, Math.round(bytes / sample)) });
}

function shipNotice(random: Random, controlNumber: string, notice: string, packages: number): string {
  const lines = [
    `ST*856*${controlNumber}`,
    `BSN*00*${notice}*20261204*10${10 + random.below(50)}*0001`,
    'HL*1**S',
    `TD1*CTN25*${packages}****G*${random.digits(3)}.5*LB`,
    `TD5*B*2*DMCR*M*DEMO MOTOR CARRIER`,
    `TD3*TL**${random.digits(5)}`,
    `REF*BM*BOL${random.digits(8)}`,
    `REF*CN*PRO${random.digits(7)}`,
    'DTM*011*20261204*1500',
    'DTM*017*20261207',
    'FOB*PP',
    ...party(random, 'SF', 'JUNIPER RIDGE FULFILMENT'),
    ...party(random, 'ST', 'MARLOW AND FINCH STORES'),
    'HL*2*1*O',
    `PRF*PO${random.digits(7)}***20261120`,
    `REF*DP*${random.digits(3)}`,
    `N1*BY*MARLOW AND FINCH*92*MF${random.digits(4)}`,
  ];
  let level = 2;
  for (let index = 0; index < packages; index++) {
    const package_ = ++level;
    lines.push(`HL*${package_}*2*P`, 'TD1*CTN25*1', `MAN*GM*00${random.digits(18)}`);
    for (let item = 0; item < 2; item++) {
      lines.push(
        `HL*${++level}*${package_}*I`,
        `LIN*${level}*UP*${random.digits(12)}*VN*SKU-${random.digits(5)}`,
        `SN1**${1 + random.below(900)}*EA`,
        `PID*F****${random.pick(GOODS)}`,
      );
    }
  }
  lines.push(`CTT*${level}`);
  lines.push(`SE*${lines.length + 1}*${controlNumber}`);
  return `${lines.join('~\n')}~\n`;
}

function party(random: Random, code: string, name: string): readonly string[] {
  return [`N1*${code}*${name}*92*LOC${random.digits(4)}`, `N3*${random.pick(STREETS)}`, `N4*${random.pick(CITIES)}*US`];
}

/** About so many bytes of dispatch advices (DESADV D.96A) in one interchange: 60 segments and 1.3 kB each, 11 escapes. */
export function edifactFileOfSize(bytes: number, seed: number): string {
  const random = createRandom(seed);
  const messages: string[] = [];
  for (let length = 0; length < bytes; ) {
    const message = dispatchAdvice(random, messages.length + 1);
    messages.push(message);
    length += message.length;
  }
  const header = "UNA:+.? '\nUNB+UNOC:3+4012345000009:14+4098765000006:14+261204:1030+1'\n";
  return `${header}${messages.join('')}UNZ+${messages.length}+1'\n`;
}

function dispatchAdvice(random: Random, number: number): string {
  const lines = [
    `UNH+${number}+DESADV:D:96A:UN:EAN005`,
    `BGM+351+DES${random.digits(8)}+9`,
    'DTM+137:202612041030:203',
    'DTM+11:20261204:102',
    'DTM+17:20261207:102',
    `RFF+ON:PO${random.digits(7)}`,
    `RFF+CN:PRO${random.digits(7)}`,
    `NAD+SU+4012345${random.digits(6)}::9++JUNIPER RIDGE ?+ SONS+1450 EXAMPLE PARKWAY+SPARKS`,
    `NAD+ST+4098765${random.digits(6)}::9++MARLOW ?+ FINCH`,
    `NAD+CA+++DEMO MOTOR CARRIER`,
    `LOC+9+4012345${random.digits(6)}::9+DOCK 12 GATE NORTH`,
    'TDT+20++30++:::DEMO MOTOR CARRIER',
    'CPS+1',
    'PAC+4++CT',
  ];
  for (let index = 0; index < 4; index++) {
    lines.push(`CPS+${index + 2}+1`, 'PAC+1++CT', 'PCI+33E', `GIN+BJ+00${random.digits(18)}`);
    for (let item = 0; item < 2; item++) {
      lines.push(
        `LIN+${index * 2 + item + 1}++${random.digits(13)}:EN`,
        `IMD+F++:::LAMP 12 ?' ${random.pick(GOODS)}`,
        `QTY+12:${1 + random.below(900)}`,
      );
    }
  }
  lines.push(
    'CNT+2:8',
    `RFF+DQ:A?:${random.digits(6)}`,
    'FTX+ZZZ+++HANDLE WITH CARE',
    'MEA+PD+AAD+KGM:148.5',
    'TOD+3++DAP',
  );
  lines.push(`UNT+${lines.length + 1}+${number}`);
  return `${lines.join("'\n")}'\n`;
}
