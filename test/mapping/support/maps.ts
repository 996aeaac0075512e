import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createDictionaries } from '../../../src/edi/dictionary/index.ts';
import { type ConfigFile, loadMaps, type MapLibrary } from '../../../src/mapping/library.ts';
import type { CompiledMap } from '../../../src/mapping/types.ts';
import { problemLine } from '../../../src/util/problem.ts';
import { readFolder } from '../../../src/util/read-folder.ts';

/** Shared by all tests: the tables are read once. */
export const dictionaries = createDictionaries();

/** The maps folder as it ships. */
export const shippedFiles = await readFolder(new URL('../../../maps', import.meta.url).pathname, 'maps', [
  '.yaml',
  '.lock',
]);

export const shippedLibrary = loadMaps(shippedFiles, 'maps', dictionaries);

/** The shipped map of that pin. */
export function shippedMap(pin: string): CompiledMap {
  const map = shippedLibrary.find(pin);
  assert(map !== undefined, `${pin} does not load`);
  return map;
}

/** Code tables of tests, few and small. */
export const CODES: Readonly<Record<string, string>> = {
  uom: 'codes: uom\nx12:\n  EA: each\n  CA: case\n  else: keep\n',
  fulfilment: 'codes: fulfilment\nx12:\n  CC: full\n  BO: backordered\n',
  classifier: 'codes: classifier\nx12:\n  AG: estimated\n  else: actual\n',
  status: `codes: status
x12:
  AF: logistics.transport.picked-up.v1
  D1: logistics.transport.delivered.v1
  else: logistics.transport.status-unknown.v1
`,
  appointment: 'codes: appointment\nx12:\n  AA: logistics.transport.appointment-set.v1\n',
  'party-role': 'codes: party-role\nx12:\n  ST: ship-to\n  SF: ship-from\n  else: keep\n',
  'weight-unit': 'codes: weight-unit\nx12:\n  LB: pound\nx12-188:\n  L: pound\n',
  mode: 'codes: mode\nedifact:\n  "3": road\n',
  open: 'codes: open\nx12:\n  A: planned\n  else: keep\n',
};

export const PARTS = `party:
  name: N102
  gln: N1(03=UL)04
  street: { all: N301..02 }
  city: N401
item:
  sku: LIN(235=VP|SK)234
  quantity: { at: SN102, as: number }
  uom: { at: SN103, codes: uom }
`;

/** What a test says about a maps folder; by default small tables and parts, and nothing locked. */
export interface Folder {
  /** Path below the folder → text, for maps. */
  readonly maps?: Readonly<Record<string, string>>;
  readonly codes?: Readonly<Record<string, string>>;
  readonly parts?: string;
  readonly lock?: string;
}

function filesOf({ maps = {}, codes = {}, parts = PARTS, lock }: Folder): readonly ConfigFile[] {
  const tables = Object.entries({ ...CODES, ...codes }).map(([name, text]) => ({ path: `m/codes/${name}.yaml`, text }));
  const written = Object.entries(maps).map(([path, text]) => ({ path: `m/${path}`, text }));
  const files = [...tables, { path: 'm/x12/parts.yaml', text: parts }, ...written];
  return lock === undefined ? files : [...files, { path: 'm/maps.lock', text: lock }];
}

export function load(folder: Folder): MapLibrary {
  return loadMaps(filesOf(folder), 'm', dictionaries);
}

/** Problems as people read them. */
export function linesOf(library: Pick<MapLibrary, 'problems'>): readonly string[] {
  return library.problems.map(problemLine);
}

/** A map that must load. */
export function compiled(text: string, folder: Omit<Folder, 'maps'> = {}): CompiledMap {
  const name = /^map: (.*)$/m.exec(text)?.[1] ?? '';
  const library = load({ ...folder, maps: { [`${name}/next.yaml`]: text } });
  assert.deepEqual(linesOf(library), []);
  const map = library.find(`${name}@next`);
  assert(map !== undefined);
  return map;
}

/** A 856 map with these rules below `data`, indented by two. */
export function map856(data: string, write = ''): string {
  return `map: x12/856
version: next
document: { standard: x12, set: 856, release: 004010, group: SH }
event: { by: BSN01, 00: logistics.shipment.advised.v1, 05: logistics.shipment.advice-replaced.v1 }
data:
  adviceNumber: BSN02
${data}${write}`;
}

/** A 945 map with these rules below `data`. */
export function map945(data: string): string {
  return `map: x12/945
version: next
document: { standard: x12, set: 945, release: 004010, group: SW }
event: logistics.warehouse-order.shipped.v1
data:
  depositorOrder: W0602
${data}`;
}

/** A 214 map, one event for each AT7, with these rules below `data`. */
export function map214(data: string): string {
  return `map: x12/214
version: next
document: { standard: x12, set: 214, release: 004010, group: QM }
event:
  each: LX/AT7
  by: { either: [ { at: AT701, codes: status }, { at: AT703, codes: appointment } ] }
data:
${data}`;
}

/** A DESADV map with these rules below `data`. */
export function mapDesadv(data: string): string {
  return `map: edifact/desadv
version: next
document: { standard: edifact, set: DESADV, release: D96A }
event: { by: BGM1225, 9: logistics.shipment.advised.v1, 5: logistics.shipment.advice-replaced.v1 }
data:
  adviceNumber: BGM1004
${data}`;
}

/** A page of documentation. */
export function page(name: string): string {
  return readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
}
