import assert from 'node:assert/strict';
import { run } from '../support/crossdock.ts';

describe('crossdock map sample', function () {
  this.timeout(60_000);

  it('writes a document that validate accepts', async () => {
    const sample = await run(['map', 'sample', 'x12/940', '--maximal']);
    assert.deepEqual([sample.code, sample.stderr], [0, '']);
    assert.match(sample.stdout, /^ISA\*.*~\nGS\*OW\*.*~\nST\*940\*0001~\nW05\*/);
    const { code, stderr } = await run(['validate', '-'], { input: sample.stdout });
    assert.deepEqual([code, stderr], [0, 'Accepted, 0 findings.\n']);
  });

  it('shows the event that the document says, which render writes as that document', async () => {
    const words = ['map', 'sample', 'x12/945@1.0.0', '--seed', '3'];
    const [document, event] = await Promise.all([run(words), run([...words, '--event'])]);
    const rendered = await run(['render', '-', '--map', 'x12/945@1.0.0'], { input: event.stdout });
    const body = (text: string): string => text.slice(text.indexOf('ST*'), text.indexOf('GE*'));
    assert.equal(body(rendered.stdout), body(document.stdout));
  });

  it('writes a document with a chosen fault, and the acknowledgment that it deserves', async () => {
    const words = ['map', 'sample', 'x12/940', '--invalid', 'segment-count', '--ack'];
    const { code, stdout } = await run(words);
    assert.equal(code, 0);
    const [document = '', acknowledgment = ''] = stdout.split(/(?<=\nIEA.*\n)/);
    assert.match(acknowledgment, /~\nAK1\*OW\*1~\nAK2\*940\*0001~\nAK5\*R\*4~\nAK9\*R\*1\*1\*0~\n/);
    const validated = await run(['validate', '-'], { input: document });
    assert.equal(validated.code, 3);
    assert.match(validated.stdout, /^rejected SET_COUNT_WRONG 940\/SE\/01 /);
    assert.equal(validated.stdout.split('\n').length, 3);
  });

  it('spoils a document of JSON too, and tells what it deserves', async () => {
    const { code, stdout, stderr } = await run(['map', 'sample', 'json/tracking', '--invalid', 'truncated']);
    assert.deepEqual([code, stderr], [0, 'It deserves FORMAT_TRUNCATED.\n']);
    assert.throws(() => JSON.parse(stdout), /JSON/);
  });

  it('names the faults when it is asked for another', async () => {
    const { code, stderr } = await run(['map', 'sample', 'x12/940', '--invalid', 'rust']);
    assert.equal(code, 2);
    assert.match(stderr, /'rust' is invalid\. Allowed choices are segment-count, control-number, /);
  });

  it('ends with 2 when it is asked for both sizes, and with 1 for a map that is not there', async () => {
    const both = await run(['map', 'sample', 'x12/940', '--minimal', '--maximal']);
    assert.equal(both.code, 2);
    assert.match(both.stderr, /'--minimal' cannot be used with option '--maximal'/);
    const absent = await run(['map', 'sample', 'x12/94O']);
    assert.equal(absent.code, 1);
    assert.match(absent.stderr, /MAP_NOT_FOUND there is no map "x12\/94O"\. Did you mean "x12\/940"\?/);
  });
});
