/** The part of an order, its change and its answer that stands before the lines, all but the beginning segment. */
const heading = (freeText: string): string => `\
  CUR O 1
  REF O >1
  PER O 3
  TAX O >1
  FOB O >1
  CTP O >1
  PAM O 10
  CSH O 25
  TC2 O >1
  loop SAC O 25
    CUR O 1
  ITD O >1
  DIS O 20
  INC O 1
  DTM O 10
  LDT O 12
  LIN O 5
  SI O >1
  PID O 200
  MEA O 40
  PWK O 25
  PKG O 200
  TD1 O 2
  TD5 O 12
  TD3 O 12
  TD4 O 5
  MAN O 10
  PCT O >1
  CTB O 5
  TXI O >1
  loop AMT O >1
    REF O >1
    DTM O 1
    PCT O >1
    loop FA1 O >1
      FA2 M >1
  loop N9 O 1000
    DTM O >1
${indented(4, freeText)}
  loop N1 O 200
    N2 O 2
    N3 O 2
    N4 O >1
    NX2 O >1
    REF O 12
    PER O >1
    SI O >1
    FOB O 1
    TD1 O 2
    TD5 O 12
    TD3 O 12
    TD4 O 5
    PKG O 200
  loop LM O >1
    LQ M >1
  loop SPI O >1
    REF O 5
    DTM O 5
    MSG O 50
    loop N1 O 20
      N2 O 2
      N3 O 2
      N4 O 1
      REF O 20
      G61 O 1
      MSG O 50
    loop CB1 O >1
      REF O 20
      DTM O 5
      LDT O 1
      MSG O 50
  loop ADV O >1
    DTM O >1
    MTX O >1`;

/** What a line of an order holds beside the segment that opens it; `response` stands only in the answer to an order. */
const line = (freeText: string, response: string): string => `\
    LIN O >1
    SI O >1
    CUR O 1
    CN1 O 1
    PO3 O 25
    loop CTP O >1
      CUR O 1
    PAM O 10
    MEA O 40
    loop PID O 1000
      MEA O 10
    PWK O 25
    PKG O 200
    PO4 O >1
    REF O >1
    PER O 3
    loop SAC O 25
      CUR O 1
      CTP O 1
    IT8 O >1
    CSH O >1
    ITD O >1
    DIS O 20
    INC O 1
    TAX O >1
    FOB O >1
    SDQ O 500
    IT3 O 5
    DTM O 10
    TC2 O >1
    TD1 O 1
    TD5 O 12
    TD3 O 12
    TD4 O 5
${indented(4, response)}
    PCT O >1
    MAN O 10
    MSG O >1
    SPI O >1
    TXI O >1
    CTB O >1
    loop QTY O >1
      SI O >1
    loop SCH O 200
      TD1 O 2
      TD5 O 12
      TD3 O 12
      TD4 O 5
      REF O >1
    loop PKG O 200
      MEA O >1
    loop LS O 1
      loop LDT O >1
        QTY O >1
        MSG O 1
        REF O >1
        loop LM O >1
          LQ M >1
      LE M 1
    loop N9 O 1000
      DTM O >1
      MEA O 40
${indented(6, freeText)}
    loop N1 O 200
      N2 O 2
      N3 O 2
      N4 O >1
      QTY O >1
      NX2 O >1
      REF O 12
      PER O 3
      SI O >1
      DTM O 1
      FOB O 1
      SCH O 200
      TD1 O 2
      TD5 O 12
      TD3 O 12
      TD4 O 5
      loop PKG O 200
        MEA O >1
      loop LDT O >1
        MAN O 10
        QTY O 5
        MSG O 1
        REF O >1
    loop SLN O 1000
      MSG O >1
      SI O >1
      PID O 1000
      PO3 O 104
      TC2 O >1
      ADV O >1
      DTM O 10
      CTP O 25
      PAM O 10
      PO4 O 1
      TAX O 3
      loop SAC O >1
        CUR O 1
        CTP O 1
      loop QTY O >1
        SI O >1
      loop N1 O 10
        N2 O 2
        N3 O 2
        N4 O 1
        NX2 O >1
        REF O 12
        PER O 3
        SI O >1
    loop AMT O >1
      REF O 1
      PCT O >1
    loop LM O >1
      LQ M >1`;

const TOTALS = `\
  loop CTT O 1
    AMT O 1
  SE M 1`;

/**
 * Order sets, in the notation of parse-tables.ts; LS and LE are written as a loop of LS. `freeText` is what N9 loops hold of
 * text, which differs between releases. Less certain than the rest: in 855 and 860 the sublines (SLN) and delivery loops of
 * a line, which are taken to be those of the 850; limits that guides give differently are the wider ones.
 */
export const orderSets = (freeText: string): string => `
850 PO
  ST M 1
  BEG M 1
${heading(freeText)}
  loop PO1 M 100000
${line(freeText, '')}
${TOTALS}

855 PR
  ST M 1
  BAK M 1
${heading(freeText)}
  loop PO1 O 100000
${line(freeText, 'loop ACK O 104\n  DTM O 1')}
${TOTALS}

860 PC
  ST M 1
  BCH M 1
${heading(freeText)}
  loop POC O >1
${line(freeText, '')}
${TOTALS}
`;

function indented(blanks: number, lines: string): string {
  return lines.replaceAll(/^(?=.)/gm, ' '.repeat(blanks));
}
