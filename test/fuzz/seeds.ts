import { globSync, readFileSync } from 'node:fs';
import { generatedFile } from '../edi/support/generated-files.ts';
import { sampleFiles, samplesFolder } from '../edi/support/samples.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
/** Larger files take long and show no more. */
const LARGEST = 6_000;
const GENERATED = 200;

/** Interchanges to begin with: documents of maps and partners, generated ones, and published samples where they are there. */
export function ediSeeds(): readonly string[] {
  const own = globSync(['maps/**/tests/*.edi', 'partners/**/*.edi'], { cwd: ROOT }).sort();
  const folder = samplesFolder();
  const samples =
    folder === null ? [] : ['x12', 'edifact'].flatMap((standard) => [...sampleFiles(folder, standard).values()]);
  const generated = Array.from({ length: GENERATED }, (_, seed) => generatedFile(seed));
  return [...own.map((name) => readFileSync(ROOT + name)), ...samples, ...generated]
    .filter(({ length }) => length <= LARGEST)
    .map((file) => file.toString('latin1'));
}

/** Small files of the other formats. */
export const FORMAT_SEEDS: readonly [string, ...string[]] = [
  '<?xml version="1.0" encoding="UTF-8"?>\n<n:Stops a="1" b=\'&amp;\'><!-- c --><Stop type="PU">R\u00c3\u00a9no &#65;</Stop><![CDATA[<x>]]><e/></n:Stops>',
  '\xff\xfe<\0a\0>\0e\0<\0/\0a\0>\0',
  '{"load":"00123","stops":[{"type":"PU","weight":12.50e+1,"ok":true,"note":null},{"city":"R\\u00e9no \\"x\\""}]}',
  '[1,-0.5,"a",[],{},[[["deep"]]]]',
  'sku;quantity;note\r\nA-1;12;"two ""lines""\r\nhere"\r\nB-2;7;\r\n',
  'a,b\n1,2\n3,4,5\n"x',
  'H  DEMO  20240102\nL  A-1   000012\nL  B-2   000007\nT  2\n',
];
