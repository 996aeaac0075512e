import assert from 'node:assert/strict';
import { globSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { createS3Archive } from '../../src/archive/s3.ts';
import type { Archive } from '../../src/archive/types.ts';
import { parseS3Address } from '../../src/settings/s3-address.ts';
import { archiveContract, inChunks } from '../contracts/archive.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('the archive in S3', () => {
  const folder = tempFolder();
  const opened: { close(): unknown }[] = [];
  const credentials = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
  const before = credentials.map((name) => process.env[name]);

  beforeEach(() => {
    for (const name of credentials) process.env[name] = 'S3RVER';
  });
  afterEach(async () => {
    for (const each of opened.splice(0).reverse()) await each.close();
    credentials.forEach((name, index) => {
      const value = before[index];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    });
  });

  const startServer = async (): Promise<string> => {
    const server = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory: folder(),
      vhostBuckets: false,
      configureBuckets: [{ name: 'crossdock' }],
    });
    const { port } = await server.run();
    opened.push(server);
    return `http://127.0.0.1:${port}`;
  };

  const open = async (bucket = 'crossdock'): Promise<Archive> => {
    const address = parseS3Address(`s3://${bucket}/raw?endpoint=${await startServer()}`);
    assert.ok(address !== null);
    const archive = await createS3Archive(address);
    opened.push(archive);
    return archive;
  };

  archiveContract('s3', () => open());

  it('names objects by their hash under the prefix, and stores the same bytes once', async () => {
    const archive = await open();
    const { sha256 } = await archive.put(inChunks(Buffer.from('ISA'), 1), 10);
    await archive.put(inChunks(Buffer.from('ISA'), 3), 10);
    const objects = globSync('**/*._S3rver_object', { cwd: join(folder(), 'crossdock') });
    assert.deepEqual(objects, [`raw/${sha256.slice(0, 2)}/${sha256.slice(2)}._S3rver_object`]);
  });

  it('finds bytes that have changed in the store', async () => {
    const archive = await open();
    const { sha256 } = await archive.put(inChunks(Buffer.from('ISA*00'), 6), 10);
    const object = join(folder(), 'crossdock/raw', sha256.slice(0, 2), `${sha256.slice(2)}._S3rver_object`);
    writeFileSync(object, 'ISA*01');
    assert.equal(await archive.verify(sha256), false);
  });

  it('leaves nothing on the disk of a large file, stored or not', async () => {
    const archive = await open();
    const large = Buffer.alloc(3_000_000, 'x');
    const spooled = () => readdirSync(join(tmpdir(), 'crossdock-spool')).length;
    await archive.put(inChunks(large, 70_000), 1e9);
    const left = spooled();
    await assert.rejects(archive.put(inChunks(large, 70_000), 2_000_000), { code: 'REQUEST_INVALID' });
    assert.equal(spooled(), left);
  });

  it('says where to look when the bucket is not there, or nobody answers', async () => {
    const archive = await open('nowhere');
    assert.equal(await archive.writable(), false);
    await assert.rejects(archive.put(inChunks(Buffer.from('x'), 1), 10), {
      code: 'ARCHIVE_UNWRITABLE',
      message: /^s3:\/\/nowhere\/raw\/: .*Look at the bucket/,
    });
  });
});

describe('the address of an archive in S3', () => {
  it('names bucket, prefix, region and endpoint', () => {
    assert.deepEqual(parseS3Address('s3://acme-edi/prod/raw/?region=eu-central-1'), {
      bucket: 'acme-edi',
      prefix: 'prod/raw/',
      endpoint: null,
      region: 'eu-central-1',
      pathStyle: false,
    });
    assert.deepEqual(parseS3Address('s3://acme-edi?endpoint=http://127.0.0.1:9000'), {
      bucket: 'acme-edi',
      prefix: '',
      endpoint: 'http://127.0.0.1:9000',
      region: 'us-east-1',
      pathStyle: true,
    });
  });

  for (const text of [
    '',
    's3://',
    's3://A_B',
    'https://acme-edi',
    's3://key:secret@acme-edi',
    's3://acme-edi?regoin=x',
    's3://acme-edi?endpoint=ftp://x',
  ]) {
    it(`is none: "${text}"`, () => assert.equal(parseS3Address(text), null));
  }
});
