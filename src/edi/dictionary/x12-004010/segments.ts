import { basicSegments } from './segments-basic.ts';
import { freightSegments } from './segments-freight.ts';
import { tradeSegments } from './segments-trade.ts';

/**
 * A bare tag is a segment whose elements these tables do not describe: it is known in its place, and its elements pass as
 * they are.
 */
const undescribed = `
ADV
AIN
ASM
ATN
BNX
C2
CB1
CD3
CRC
CS
CTB
DD
DED
DMG
EFI
EMS
G08
G53
G66
G72
GF
H1
H2
H6
INC
INV
ISS
IT8
L9
LEP
LH4
LHE
LOC
MTX
N7A
N7B
PCT
PEN
PYD
R2
RED
RPA
RYL
SPI
SPO
SR
TSD
TXP
V9
VEH
W18
W28
YNQ
`;

/** Segments and composites of X12 004010, in the notation of parse-tables.ts. */
export const segments = [basicSegments, freightSegments, tradeSegments, undescribed].join('');
