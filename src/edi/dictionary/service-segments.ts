/**
 * The service segments that stand in the tables of messages, and their elements, in the notation of parse-tables.ts. UN
 * directories name them without describing them: they belong to ISO 9735. Lengths are those of syntax version 4, which hold
 * those of the versions before.
 */
export const SERVICE_SEGMENTS = `
UNH 0062:M S009:M 0068 S010 S016 S017 S018
UNS 0081:M
UNT 0074:M 0062:M
UGH 0087:M
UGT 0087:M
S009 0065:M 0052:M 0054:M 0051:M 0057 0110 0113
S010 0070:M 0073
S016 0115:M 0116 0118 0051
S017 0121:M 0122 0124 0051
S018 0127:M 0128 0130 0051
`;

/** Their elements. */
export const SERVICE_ELEMENTS = `
0051 AN 1 3
0052 AN 1 3
0054 AN 1 3
0057 AN 1 6
0062 AN 1 14
0065 AN 1 6
0068 AN 1 35
0070 R 1 2
0073 A 1 1
0074 R 1 10
0081 ID 1 1
0087 AN 1 4
0110 AN 1 6
0113 AN 1 6
0115 AN 1 14
0116 AN 1 3
0118 AN 1 3
0121 AN 1 14
0122 AN 1 3
0124 AN 1 3
0127 AN 1 14
0128 AN 1 3
0130 AN 1 3
`;

/** Their closed code lists: header and detail, or detail and summary sections. */
export const SERVICE_CODES = `
0081 D S
`;
