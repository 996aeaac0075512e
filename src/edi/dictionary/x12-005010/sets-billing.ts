/** Invoice and application advice that 005010 has otherwise than 004010, in the notation of parse-tables.ts. */
export const billingSets = `
810 IN
  ST M 1
  BIG M 1
  NTE O 100
  CUR O 1
  REF O 12
  YNQ O 10
  PER O 3
  loop N1 O 200
    N2 O 2
    N3 O 2
    N4 O 1
    REF O 12
    PER O 3
    DMG O 1
  ITD O >1
  DTM O 10
  FOB O 1
  PID O 200
  MEA O 40
  PWK O 25
  PKG O 25
  L7 O 1
  BAL O >1
  INC O 1
  PAM O >1
  CRC O 1
  loop LM O 10
    LQ M 100
  loop N9 O 1
    MSG M 10
  loop V1 O >1
    R4 O >1
    DTM O >1
  loop FA1 O >1
    FA2 M >1
  loop IT1 O 200000
    CRC O 1
    QTY O 5
    CUR O 1
    IT3 O 5
    TXI O >1
    CTP O 25
    PAM O 10
    MEA O 40
    loop PID O 1000
      MEA O 10
    PWK O 25
    PKG O 25
    PO4 O 1
    ITD O 2
    REF O >1
    YNQ O 10
    PER O 5
    SDQ O 500
    DTM O 10
    CAD O >1
    L7 O >1
    SR O 1
    loop SAC O >1
      loop TXI O >1
        DTM O 1
    loop SLN O 1000
      DTM O 1
      REF O >1
      PID O 1000
      SAC O >1
      TC2 O 2
      TXI O >1
    loop N1 O 200
      N2 O 2
      N3 O 2
      N4 O 1
      REF O 12
      PER O 3
      DMG O 1
    loop LM O 10
      LQ M 100
    loop V1 O >1
      R4 O >1
      DTM O >1
    loop FA1 O >1
      FA2 M >1
  TDS M 1
  TXI O >1
  CAD O 1
  AMT O >1
  loop SAC O >1
    DTM O >1
    loop TXI O >1
      DTM O 1
  loop ISS O >1
    PID O 1
  CTT O 1
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
`;
