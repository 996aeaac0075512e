import assert from 'node:assert/strict';
import { elementTables, messageTables } from '../../../src/edi/dictionary/edifact/notation.ts';

describe('The short notation of EDIFACT tables', () => {
  it('writes messages as trees, header and trailer added', () => {
    const text = '\nFIRSTM\n  BGM! DTM10 (NAD!99 LOC\n    (CTA10 COM5)) CNT\n\nSECOND\n  BGM\n';
    assert.deepEqual(messageTables(text).split('\n'), [
      ...['FIRSTM', '  UNH M 1', '  BGM M 1', '  DTM C 10'],
      ...['  loop NAD M 99', '    LOC C 1', '    loop CTA C 10', '      COM C 5', '  CNT C 1', '  UNT M 1'],
      ...['SECOND', '  UNH M 1', '  BGM C 1', '  UNT M 1'],
    ]);
  });

  it('writes elements by their formats', () => {
    assert.deepEqual(elementTables('\nan..35 1000 1004\nn3 6246\na3 0013\n').split('\n'), [
      ...['1000 AN 1 35', '1004 AN 1 35', '6246 R 3 3', '0013 A 3 3'],
    ]);
  });

  it('leaves what is no format for the reader of the tables to tell', () => {
    assert.equal(elementTables('an...35 1000'), 'an...35 1000');
  });
});
