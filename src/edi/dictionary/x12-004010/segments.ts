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
C2
CB1
CS
DD
DED
EFI
EMS
G08
G72
INV
LHE
LOC
MTX
PEN
PYD
RED
RPA
RYL
SPI
SR
TXP
VEH
W18
W28
`;

/** Segments and composites of X12 004010, in the notation of parse-tables.ts. */
export const segments = [basicSegments, freightSegments, tradeSegments, undescribed].join('');
