/** The functional acknowledgment of X12 004010, in the notation of parse-tables.ts. */
export const acknowledgmentSets = `
997 FA
  ST M 1
  AK1 M 1
  loop AK2 O 999999
    loop AK3 O 999999
      AK4 O 99
    AK5 M 1
  AK9 M 1
  SE M 1
`;
