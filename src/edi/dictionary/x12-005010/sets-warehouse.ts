/**
 * Warehouse sets that 005010 has otherwise than 004010, in the notation of parse-tables.ts. LS and LE are written as a loop of
 * LS. Lines of a 944 stand in LX loops, which are mandatory; ours may be absent and lines stand beside them, as in 004010,
 * because partners send both.
 */
export const warehouseSets = `
940 OW
  ST M 1
  W05 M 1
  loop N1 O 10
    N2 O 2
    N3 O 2
    N4 O 1
    PER O 5
  N9 O 10
  G61 O 3
  G62 O 10
  NTE O >1
  W09 O 1
  W66 O 1
  W6 O 5
  R2 O 13
  BNX O 1
  loop TD3 O 1
    AT9 O 1
  loop LM O 10
    LQ M 100
  loop LX O >1
    MAN O >1
    SDQ O >1
    N1 O 1
    G62 O 10
    N9 O >1
    loop W01 O >1
      G69 O 5
      N9 O 200
      NTE O >1
      W20 O 3
      QTY O 10
      AMT O >1
      G62 O 10
      G66 O 1
      loop N1 O >1
        N2 O 1
        N3 O 1
        N4 O 1
        PER O 5
      LH2 O 6
      LHR O 1
      LH6 O 5
      loop LM O 10
        LQ M 100
      loop LS O 1
        loop LX M >1
          N9 O >1
          G62 O 10
          N1 O 1
          SDQ O >1
          loop LM O 10
            LQ M 100
          loop LH1 O >1
            LH2 O 4
            LH3 O 10
            LFH O 20
            LEP O 3
            LH4 O 1
            LHT O 3
            LHR O 5
            PER O 5
        LE M 1
      loop FA1 O >1
        FA2 M >1
  W76 O 1
  SE M 1

944 RE
  ST M 1
  W17 M 1
  loop N1 M 10
    N2 O 1
    N3 O 2
    N4 O 1
    PER O 5
  N9 O 10
  G61 O 3
  G62 O 5
  NTE O 20
  W08 O 1
  W18 O 10
  G08 O 2
  TD1 O 5
  loop LX O >1
    MAN O 1
    PAL O >1
    N9 O 5
    loop W07 O 9999
      G69 O 5
      N9 O 200
      W20 O 2
      loop W13 O 50
        N9 O 200
  loop W07 O 9999
    G69 O 5
    N9 O 200
    W20 O 2
    loop W13 O 50
      N9 O 200
  W14 M 1
  SE M 1

945 SW
  ST M 1
  W06 M 1
  loop N1 O 10
    N2 O 1
    N3 O 2
    N4 O 1
    PER O 5
  N9 O 10
  G61 O 3
  G62 O 5
  NTE O 20
  W27 O 1
  W6 O 1
  W28 O 1
  W10 O 10
  G72 O 5
  TD1 O 5
  loop LM O 10
    LQ M 100
  loop LX O >1
    MAN O >1
    PAL O 1
    N9 O 5
    loop W12 O >1
      G69 O 5
      N9 O 200
      G62 O 10
      QTY O 10
      MEA O 5
      AMT O 1
      R4 O 5
      W27 O 1
      loop N1 O >1
        N2 O 1
        N3 O 1
        N4 O 1
        PER O 1
      G72 O 5
      loop LM O 10
        LQ M 100
      loop LS O 1
        loop LX M >1
          N9 O >1
          G62 O 10
          N1 O 1
          loop LM O 10
            LQ M 100
        LE M 1
      loop FA1 O >1
        FA2 M >1
  W03 O 1
  SE M 1
`;
