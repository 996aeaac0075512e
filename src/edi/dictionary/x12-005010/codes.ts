/** Code values that 005010 has otherwise than 004010, only of short closed lists; see the codes of 004010. */
export const codes = `
618 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 23 24 25 26 27 I5 I6
620 1 2 3 4 5 6 7 8 I4 I6 I7 I8 I9
621 1 2 3 4 5 6 7 8 9 10 12 13 I6 I9 I10 I11 I12 I13
`;
