import assert from 'node:assert/strict';
import { findingsOf } from '../support/check.ts';
import { bytes, gs, isa, st } from '../support/x12.ts';

describe('checking the delimiters that an ISA declares', () => {
  const file = (repetition: string) =>
    bytes(isa({ version: '00403', repetition }, gs('SH', st('856', 'BSN*00*A1*20261204*1030', 'HL*1**S'))));
  const delimiterFindings = (repetition: string) =>
    findingsOf(file(repetition)).filter(({ code }) => code === 'INTERCHANGE_DELIMITERS');

  it('only notes the U of older releases, which many senders keep', () => {
    const [finding, ...more] = delimiterFindings('U');
    assert.deepEqual(more, []);
    assert.equal(finding?.severity, 'note');
    assert.equal(finding.ack?.x12, undefined);
  });

  it('says a repetition separator that is another separator too is an error, TA1 026', () => {
    const [finding] = delimiterFindings('*');
    assert.equal(finding?.severity, 'accepted-with-errors');
    assert.equal(finding.ack?.x12, '026');
  });

  it('has nothing to say of ^', () => {
    assert.deepEqual(delimiterFindings('^'), []);
  });
});
