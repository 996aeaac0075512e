/** Elements that 005010 has otherwise than 004010, or newly; in the notation of parse-tables.ts. */
export const elements = `
I65 AN 1 1
107 ID 1 2
127 AN 1 50
358 R 1 15
364 AN 1 256
447 AN 1 4
618 ID 1 3
620 ID 1 3
621 ID 1 3
704 ID 1 2
719 N0 1 10
1035 AN 1 60
1036 AN 1 35
1551 AN 1 4096
1686 N0 1 4
1705 AN 1 35
1715 ID 1 3
9998 AN 1 35
9999 AN 1 35
`;
