/** Transport sets of X12 004010, in the notation of parse-tables.ts. */
export const transportSets = `
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
      LEP O >1
      LH4 O 1
      LHT O 3
      LHR O 10
      PER O 5
      LHE O 1
    loop CLD O 200
      REF O 200
      DTP O 1
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
      LQ M 100
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

204 SM
  ST M 1
  B2 M 1
  B2A M 1
  L11 O 50
  G62 O 1
  MS3 O 1
  AT5 O 6
  PLD O 1
  LH6 O 6
  NTE O 10
  loop N1 O 5
    N2 O 1
    N3 O 2
    N4 O 1
    L11 O 1
    G61 O 3
  loop N7 O 10
    N7A O 1
    N7B O 1
    MEA O 1
    M7 O 2
  loop S5 M 999
    L11 O 50
    G62 O 2
    AT8 O 1
    LAD O 999
    AT5 O 6
    PLD O 1
    NTE O 20
    loop N1 O 1
      N2 O 1
      N3 O 2
      N4 O 1
      G61 O 3
    loop L5 O 99
      AT8 O 1
      loop G61 O 99
        L11 O 5
        LH6 O 6
        loop LH1 O 25
          LH2 O 4
          LH3 O 10
          LFH O 20
          LEP O 3
          LH4 O 1
          LHT O 3
    loop OID O 999
      G62 O 2
      LAD O 999
      loop L5 O 99
        AT8 O 1
        loop G61 O 99
          L11 O 5
          LH6 O 6
          loop LH1 O 25
            LH2 O 4
            LH3 O 10
            LFH O 20
            LEP O 3
            LH4 O 1
            LHT O 3
    loop N7 O 10
      N7A O 1
      N7B O 1
      MEA O 1
      M7 O 2
  L3 O 1
  SE M 1

990 GF
  ST M 1
  B1 M 1
  N9 O 1
  G62 O 6
  N7 O 1
  L9 O 40
  V9 O 10
  K1 O 10
  loop S5 O 999
    N9 O 10
    G62 O 10
    K1 O 10
  SE M 1

210 IM
  ST M 1
  B3 M 1
  C2 O 1
  C3 O 1
  ITD O 1
  N9 O 300
  G62 O 6
  R3 O 12
  H3 O 6
  K1 O 10
  loop N1 O 10
    N2 O 1
    N3 O 2
    N4 O 1
    N9 O 5
  loop N7 O 10
    M7 O 2
  loop SPO O 999999
    SDQ O 10
  loop S5 O 999
    N9 O 10
    G62 O 10
    H3 O 6
    loop SPO O 999999
      SDQ O 10
    loop N1 O 2
      N2 O 1
      N3 O 2
      N4 O 1
      N9 O 5
      loop N7 O 10
        M7 O 2
  loop LX O 9999
    N9 O 5
    POD O 1
    L5 O 30
    H1 O 3
    H2 O 2
    L0 O 10
    L1 O 10
    L4 O 10
    L7 O 10
    K1 O 10
    loop SPO O 999999
      SDQ O 10
    loop N1 O 999999
      N2 O 1
      N3 O 2
      N4 O 1
      N9 O 10
      loop CD3 O 999999
        N9 O 20
        H6 O 10
        L9 O 10
        POD O 1
        G62 O 1
      loop SPO O 999999
        SDQ O 10
  L3 O 1
  SE M 1
`;
