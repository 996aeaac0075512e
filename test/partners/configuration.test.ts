import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createDictionaries } from '../../src/edi/dictionary/index.ts';
import { loadConfiguration } from '../../src/partners/configuration.ts';
import { CHECKOUT } from '../support/crossdock.ts';
import { tempFolder, writeFiles } from '../support/temp-folder.ts';

const PARTNER = `partner: acme
name: Acme
timezone: America/Chicago
identifiers: { x12: ZZ/ACME }
us: { x12: ZZ/OURCO }
inbound:
  - { document: 945, map: x12/945@1.0.0, overlay: overlays/945.yaml }
`;
const OVERLAY = `base: x12/945@1.0.0
because: Acme says the bill of lading in N9 ZB
data:
  billOfLading: N9(01=ZB)02
`;

describe('loading maps and partners together', () => {
  const folder = tempFolder();
  const problemsOf = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    await writeFiles(join(folder(), 'partners', 'acme'), files);
    const folders = { maps: join(CHECKOUT, 'maps'), partners: join(folder(), 'partners') };
    const { problems } = await loadConfiguration(folders, createDictionaries());
    return problems.map(({ file, line, column, code }) => `${file.split('/').at(-1)}:${line}:${column} ${code}`);
  };

  it('gives an agreement its map with the overlay over it', async () => {
    assert.deepEqual(await problemsOf({ 'partner.yaml': PARTNER, 'overlays/945.yaml': OVERLAY }), []);
  });

  it('checks the overlay of a partner whose own file has a problem too: all at once', async () => {
    const files = {
      'partner.yaml': PARTNER.replace('America/Chicago', 'America/Chicag'),
      'overlays/945.yaml': OVERLAY.replace('N9(01=ZB)02', 'N9(01=ZB)22'),
    };
    assert.deepEqual(await problemsOf(files), ['945.yaml:4:17 MAP_ELEMENT', 'partner.yaml:3:11 PARTNER_TIMEZONE']);
  });

  it('tells a missing overlay once, where it is named', async () => {
    assert.deepEqual(await problemsOf({ 'partner.yaml': PARTNER }), ['partner.yaml:7:51 PARTNER_FILE_MISSING']);
  });

  it('tells a pin that no map has, and one that reads another document', async () => {
    const pinned = (pin: string): string =>
      PARTNER.replace('x12/945@1.0.0', pin).replace(', overlay: overlays/945.yaml', '');
    assert.deepEqual(await problemsOf({ 'partner.yaml': pinned('x12/945@9.9.9') }), ['partner.yaml:7:27 MAP_PIN']);
    assert.deepEqual(await problemsOf({ 'partner.yaml': pinned('x12/940@1.0.0') }), [
      'partner.yaml:7:27 PARTNER_MAP_PIN',
    ]);
  });

  it('lets an event be sent only by a map that writes it, and not by one that merely says it again', async () => {
    const sending = (type: string): string => `partner: acme
name: Acme
timezone: America/Chicago
identifiers: { x12: ZZ/ACME }
us: { x12: ZZ/OURCO }
connections: { main: { folder: { dropOff: in } } }
outbound:
  - { document: 945, map: x12/945@1.0.0, on: ${type}, via: main }
`;
    const shipped = sending('logistics.warehouse-order.shipped.v1');
    assert.deepEqual(await problemsOf({ 'partner.yaml': shipped }), []);
    const again = sending('logistics.warehouse-order.short-shipped.v1');
    assert.deepEqual(await problemsOf({ 'partner.yaml': again }), ['partner.yaml:8:27 PARTNER_MAP_PIN']);
  });
});
