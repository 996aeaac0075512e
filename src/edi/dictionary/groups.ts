/** Which functional group (GS01) carries which transaction sets (ST01). */
const SETS_BY_GROUP: Readonly<Record<string, readonly string[]>> = {
  AG: ['824'],
  AR: ['943'],
  AW: ['947'],
  BL: ['211'],
  FA: ['997', '999'],
  GF: ['990'],
  IB: ['846'],
  IM: ['210'],
  IN: ['810'],
  OW: ['940'],
  PC: ['860'],
  PO: ['850'],
  PR: ['855'],
  QM: ['214'],
  QO: ['315'],
  RA: ['820'],
  RE: ['944'],
  RF: ['753'],
  RG: ['754'],
  SH: ['856'],
  SM: ['204'],
  SW: ['945'],
  TX: ['864'],
};

const GROUP_BY_SET: ReadonlyMap<string, string> = new Map(
  Object.entries(SETS_BY_GROUP).flatMap(([group, sets]) => sets.map((set): [string, string] => [set, group])),
);

/** GS01 for a transaction set; undefined when the set is not in the list. */
export function groupOfSet(set: string): string | undefined {
  return GROUP_BY_SET.get(set);
}

/** The sets that a group of this code may carry; undefined when the code is not in the list. */
export function setsOfGroup(group: string): readonly string[] | undefined {
  return Object.hasOwn(SETS_BY_GROUP, group) ? SETS_BY_GROUP[group] : undefined;
}
