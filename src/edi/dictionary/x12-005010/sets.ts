import { orderSets } from '../x12-004010/sets-orders.ts';

/** What 005010 added around the lines of a receipt, and to acknowledgments and advice. */
const changed = `
944 RE
  ST M 1
  W17 M 1
  loop N1 M 10
    N2 O 2
    N3 O 2
    N4 O 1
    PER O 5
  N9 O 10
  G61 O 3
  G62 O 5
  NTE O 20
  W08 O 1
  loop LX O 9999
    MAN O >1
    PAL O 1
    N9 O >1
    loop W07 O 9999
      G69 O 5
      N9 O 200
      W20 O 1
      loop W13 O 50
        N9 O >1
  loop W07 O 9999
    G69 O 5
    N9 O 200
    W20 O 1
    loop W13 O 50
      N9 O >1
  W14 M 1
  SE M 1

824 AG
  ST M 1
  BGN M 1
  loop N1 O >1
    N2 O 2
    N3 O 2
    N4 O 1
    REF O 12
    PER O 3
  loop OTI M >1
    REF O 12
    DTM O 2
    PER O 3
    AMT O >1
    QTY O >1
    NM1 O 9
    loop TED O >1
      CTX O 10
      NTE O 100
      RED O 100
    loop LM O >1
      loop LQ M 100
        RED O 100
  SE M 1

999 FA
  ST M 1
  AK1 M 1
  loop AK2 O >1
    loop IK3 O >1
      CTX O 10
      loop IK4 O >1
        CTX O 10
    IK5 M 1
  AK9 M 1
  SE M 1
`;

/**
 * Sets that 005010 has otherwise than 004010, or newly; in the notation of parse-tables.ts. Order sets write free text as
 * MTX. Less certain: the LX loop of the 944, which stands beside lines without it because both are met.
 */
export const sets = orderSets('MTX O >1\nPWK O >1\nloop EFI O >1\n  BIN M 1') + changed;
