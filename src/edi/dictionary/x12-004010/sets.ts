/** Transaction sets of X12 004010, in the notation of parse-tables.ts. `LS … LE` pairs are written as a loop of LS. */
export const sets = `
856 SH
  ST M 1
  BSN M 1
  DTM O 10
  loop HL M 200000 hierarchical
    LIN O 1
    SN1 O 1
    SLN O 1000
    PRF O 1
    PO4 O 1
    PID O 200
    MEA O 40
    PWK O 25
    PKG O 25
    TD1 O 20
    TD5 O 12
    TD3 O 12
    TD4 O 5
    TSD O 1
    REF O >1
    PER O 3
    loop LH1 O 100
      LH2 O 4
      LH3 O 12
      LFH O 20
      LEP O 3
      LH4 O 1
      LHT O 3
      LHR O 10
      PER O 5
      LHE O 1
    loop CLD O 200
      REF O 200
      DTP O >1
    MAN O >1
    DTM O 10
    FOB O 1
    PAL O 1
    loop N1 O 200
      N2 O 2
      N3 O 2
      N4 O 1
      REF O 12
      PER O 3
      FOB O 1
    SDQ O 50
    ETD O 1
    CUR O 1
    loop SAC O >1
      CUR O 1
    GF O 1
    YNQ O 10
    loop LM O 10
      LQ O 100
    loop V1 O >1
      R4 O >1
      DTM O >1
  CTT O 1
  SE M 1

214 QM
  ST M 1
  B10 M 1
  L11 O 300
  MAN O 9999
  K1 O 10
  loop N1 O 10
    N2 O 1
    N3 O 2
    N4 O 1
    G61 O 1
    G62 O 1
    L11 O 10
  MS3 O 12
  loop LX O 999999
    loop AT7 O 10
      MS1 O 1
      MS2 O 1
    L11 O 10
    MAN O 9999
    Q7 O 10
    K1 O 10
    AT5 O 10
    AT8 O 10
    loop CD3 O 999999
      L11 O 20
      loop AT7 O 10
        MS1 O 1
        MS2 O 1
      NM1 O 1
      Q7 O 10
      AT8 O 1
      MAN O 9999
      loop N1 O 999999
        N2 O 1
        N3 O 3
        N4 O 1
        L11 O 10
    loop PRF O 999999
      loop N1 O 999999
        N2 O 1
        N3 O 2
        N4 O 1
        L11 O 10
      loop CD3 O 999999
        L11 O 20
        loop AT7 O 10
          MS1 O 1
          MS2 O 1
        MAN O 9999
    loop SPO O 999999
      SDQ O 10
    loop EFI O >1
      BIN M 1
  SE M 1

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
  W6 O 1
  R2 O 13
  BNX O 1
  loop LM O >1
    LQ M 100
  loop LX O >1
    MAN O >1
    SDQ O >1
    N1 O 1
    G62 O 10
    loop W01 O >1
      G69 O 5
      N9 O 200
      NTE O >1
      W20 O 3
      QTY O 10
      AMT O 1
      G62 O 10
      G66 O 1
      N1 O 3
      PER O 5
      LH2 O 6
      LHR O 1
      LH6 O >1
      loop LM O >1
        LQ M 100
      loop LS O 1
        loop LX O >1
          N9 O >1
          G62 O >1
          N1 O 1
          SDQ O >1
          loop LM O >1
            LQ M 100
          loop LH1 O >1
            LH2 O >1
            LH3 O >1
            LFH O >1
            LEP O >1
            LH4 O 1
            LHT O >1
            LHR O >1
            PER O >1
        LE M 1
      loop FA1 O >1
        FA2 M >1
  W76 O 1
  SE M 1

945 SW
  ST M 1
  W06 M 1
  loop N1 O 10
    N2 O 2
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
  G72 O >1
  loop LM O >1
    LQ M 100
  loop LX O >1
    MAN O >1
    PAL O 1
    N9 O >1
    loop W12 O >1
      G69 O 5
      N9 O 200
      G62 O >1
      QTY O >1
      MEA O >1
      AMT O 1
      R4 O >1
      W27 O 1
      N1 O >1
      G72 O >1
      loop LM O >1
        LQ M 100
      loop LS O 1
        loop LX O >1
          N9 O >1
          G62 O >1
          N1 O 1
          loop LM O >1
            LQ M 100
        LE M 1
      loop FA1 O >1
        FA2 M >1
  W03 O 1
  SE M 1

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
