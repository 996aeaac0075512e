/**
 * What CONTRL is made of, in the notations of ../edifact/notation.ts and parse-segments.ts. It belongs to ISO 9735, so that
 * its release is the version of the syntax and no directory. That groups of messages and of interchange groups exclude each
 * other cannot be said here.
 */
export const messages = `
CONTRL
  UCI! (UCM999999 (UCS999 UCD99)) (UCF999999 (UCM999999 (UCS999 UCD99)))
`;

/** Segments of syntax versions 1 to 3. */
export const segmentsOfVersion3 = `
UCI 0020:M S002:M S003:M 0083:M 0085 0013 S011
UCF 0048:M S006:M S007:M 0083:M 0085 0013 S011
UCM 0062:M S009:M 0083:M 0085 0013 S011
UCS 0096:M 0085
UCD 0085:M S011:M
S002 0004:M 0007 0008
S003 0010:M 0007 0014
S006 0040:M 0007
S007 0044:M 0007
S011 0098:M 0104
`;

/** What version 4 has otherwise. */
export const segmentsOfVersion4 = `
UCI 0020:M S002:M S003:M 0083:M 0085 0135 S011 0534 0138
UCF 0048:M S006 S007 0083:M 0085 0135 S011 0534 0138
UCM 0062 S009 0083:M 0085 0135 S011 0800 S020*99 0534 0138
S002 0004:M 0007 0008 0042
S003 0010:M 0007 0014 0046
S011 0098:M 0104 0136
S020 0813:M 0802:M
`;

/** Elements of syntax versions 1 to 3, by format. */
export const elementsOfVersion3 = `
a3 0013
n..3 0098 0104
n..6 0096
an..3 0085
an..4 0007
an..14 0008 0014 0020 0048
an..35 0004 0010 0040 0044
`;

/** The action of a CONTRL, with the codes that version 4 no longer has. */
export const actionElement = '0083 ID 1 3';
export const actionCodes = '0083 1 2 3 4 5 6 7 8';

/** What version 4 has otherwise. */
export const elementsOfVersion4 = `
n..6 0136 0138
an..3 0135 0813
an..14 0534
an..35 0008 0014 0042 0046 0800 0802
`;
