/**
 * Code values of X12 004010, only for short closed lists. An element that is not here takes any text of the right form:
 * a list with a gap would flag valid partner data. What codes mean is said by maps/codes.
 */
export const codes = `
I01 00 01 02 03 04 05 06
I03 00 01
I10 U
I13 0 1 2 3
I14 I P T
I17 A E R
I18 000 001 002 003 004 005 006 007 008 009 010 011 012 013 014 015 016 017 018 019 020 021 022 023 024 025 026 027 028 029 030 031
349 F S X
455 T X
478 C D
623 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24
623 AD AS AT CD CS CT ED ES ET GM HD HS HT LT MD MS MT ND NS NT PD PS PT TD TS TT UT
715 A E M P R W X
717 A E M R W X
720 1 2 3 4 5 6 7 8
736 0 1
1073 N U W Y
`;
