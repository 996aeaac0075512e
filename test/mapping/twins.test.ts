import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { eventType } from '../../src/events/event-types.ts';
import { planOf } from '../../src/events/plan.ts';
import { shapeOf } from '../../src/events/shape.ts';
import type { Json, JsonObject } from '../../src/events/types.ts';
import type { CompiledMap } from '../../src/mapping/types.ts';
import { shippedMap } from './support/maps.ts';
import { ORDER_TWINS } from './support/order-twins.ts';
import { TREE_TWINS } from './support/tree-twins.ts';
import { isObject, type Loss, type Twins } from './support/twins.ts';

const TWINS: readonly Twins[] = [
  ...TREE_TWINS,
  {
    from: 'x12/856@1.0.0',
    to: 'edifact/desadv@1.0.0',
    as: ['edifact/desadv-d01b@1.0.0'],
    losses: [
      ['/shipment/equipmentInitial', 'EQD has one number for the whole of letters and digits'],
      ['/shipment/references/*/description', 'RFF has a number and no words'],
      ['/orders/*', 'an order without a line is nowhere in a DESADV', hasNoLines],
      ['/orders/*/releaseNumber', 'a DESADV has no order level: an order is what its lines name'],
      ['/orders/*/orderedOn', 'no order level'],
      ['/orders/*/packaging', 'no order level'],
      ['/orders/*/packageCount', 'no order level'],
      ['/orders/*/depositorOrder', 'no order level'],
      ['/orders/*/references', 'no order level'],
      ['/orders/*/buyer', 'no order level'],
      ['/orders/*/markFor', 'no order level'],
      ['/shipment/carrierName', 'C040 holds 35 characters', (name) => String(name).length > 35],
      ['/shipment/pallets/*/references', 'CPS has no references'],
      ['/orders/*/items/*/packages/*/references', 'PCI has no list of references'],
      ['/orders/*/packages/*/trackingNumber', 'GIN has no qualifier for the number of a parcel carrier'],
    ],
  },
  {
    from: 'x12/214@1.0.0',
    to: 'edifact/iftsta@1.0.0',
    as: ['edifact/iftsta-d01b@1.0.0'],
    lostTypes: [
      'logistics.transport.appointment-set.v1',
      'logistics.transport.appointment-window.v1',
      'logistics.transport.eta-updated.v1',
      'logistics.transport.loaded.v1',
      'logistics.transport.status-unknown.v1',
    ],
    losses: [
      ['/references/*/description', 'RFF has a number and no words'],
      ['/unitizedCount', 'GID does not tell packages on pallets from others'],
      ['/equipment/scac', 'EQD does not name its owner'],
      ['/equipment/number', 'and MS2 takes no number without its owner'],
      ['/place/latitude', 'LOC has no coordinates'],
      ['/place/longitude', 'LOC has no coordinates'],
      ['/appointment', 'a status tells no appointment'],
      ['/stopNumber', 'a status has no number of its stop'],
      ['/rawCodes', 'the codes as received are those of their standard'],
      ['/depositorOrders', 'RFF has no qualifier for it'],
    ],
  },
  {
    from: 'x12/940@1.0.0',
    to: 'edifact/insdes@1.0.0',
    losses: [
      ['/masterReference', 'RFF has no qualifier for it'],
      ['/linkSequence', 'nor for the place among linked orders'],
      ['/references/*/description', 'RFF has a number and no words'],
      ['/carrier/routing', 'TDT has no words for the route'],
    ],
  },
  ...['edifact/iftmin@1.0.0', 'edifact/iftmbf@1.0.0'].map(
    (to): Twins => ({
      from: 'x12/204@1.0.0',
      to,
      losses: [
        ['/references/*/description', 'RFF has a number and no words'],
        ['/shipper', 'a number of another kind is 9 in DE 66, and in DE 3055 that is a GLN', isDunsWithSuffix],
        ['/carrier/mode', 'the 204 reads it in the MS3, and writes none'],
        ['/handling', 'HAN is about goods, not about the load'],
        ['/equipment/*/initial', 'EQD has one number for the whole of letters and digits'],
        ['/equipment/*/length', 'EQD has no length'],
        ...(to === 'edifact/iftmbf@1.0.0' ? [['/equipment/*/seals', 'what is booked is not sealed yet'] as const] : []),
        ['/rate', 'MOA is an amount, not a price of something'],
        ['/totals/palletCount', 'CNT counts packages of any kind'],
        ['/stops/*/stopNumber', 'the order of the places says it'],
        ['/stops/*/rawCodes', 'the codes as received are those of their standard'],
        ['/stops/*/location/role', 'the code says who loads or unloads there'],
        ...['handling', 'equipment'].map(
          (field) => [`/stops/*/${field}`, 'neither a place (LOC) nor its address (NAD) has any'] as const,
        ),
        ...['weight', 'volume', 'packageCount', 'palletCount', 'quantity', 'uom', 'goods', 'items', 'orders'].map(
          (field) =>
            [`/stops/*/${field}`, 'goods (GID) are told once, not where they are loaded and unloaded'] as const,
        ),
      ],
    }),
  ),
  ...['edifact/recadv@1.0.0', 'edifact/recadv-d01b@1.0.0'].map(
    (to): Twins => ({
      from: 'x12/944@1.0.0',
      to,
      losses: [
        ['/masterReference', 'RFF has no qualifier for it'],
        ['/linkSequence', 'nor for the place among linked documents'],
        ['/carrier/routing', 'TDT has no words for the route'],
        ['/carrier/equipmentInitial', 'EQD has one number for the whole of letters and digits'],
        ['/carrier/seals', 'SEL of a RECADV must tell the state of the seal'],
        ['/shipFrom', 'a number of another kind is 9 in DE 66, and in DE 3055 that is a GLN', isDunsWithSuffix],
        ...(to === 'edifact/recadv@1.0.0' ? [['/notes', 'a RECADV of D.96A has no free text'] as const] : []),
        ['/lines/*/packQuantity', 'a line has no packs'],
        ['/lines/*/weight', 'a line has no measures'],
        ['/lines/*/volume', 'a line has no measures'],
        ['/lines/*/discrepancies/*/uom', 'QVR counts in the unit of the line'],
        ['/lines/*/discrepancies/*/lot', 'QVR has a number and codes'],
        ['/lines/*/discrepancies/*/references', 'QVR has a number and codes'],
        ['/lines/*/discrepancies/*', 'DE 4221 has no code for goods on hold', isOnHold],
        ['/totals/expected', 'there is one CNT'],
        ['/totals/damaged', 'there is one CNT'],
        ['/totals/packageCount', 'there is one CNT'],
      ],
    }),
  ),
  ...['edifact/invrpt@1.0.0', 'edifact/invrpt-d01b@1.0.0'].map(
    (to): Twins => ({
      from: 'x12/846@1.0.0',
      to,
      losses: [
        ['/reportType', 'BGM says that it is stock, and not whose'],
        ['/lines/*/serialNumbers', 'GIN stands with a quantity'],
        ['/lines/*/quantities/*', 'DE 6063 has no code for unusable goods', isUnusable],
      ],
    }),
  ),
  ...['edifact/invrpt-movements@1.0.0', 'edifact/invrpt-movements-d01b@1.0.0'].map(
    (to): Twins => ({
      from: 'x12/947@1.0.0',
      to,
      losses: [
        ['/lines/*/fromStatus', 'INV tells a movement and not a change of status'],
        ['/lines/*/toStatus', 'INV tells a movement and not a change of status'],
        ['/lines/*/reason', 'DE 4499 has eleven reasons', (reason) => !REASONS_OF_A_MOVEMENT.has(String(reason))],
        ['/lines/*/rawCodes', 'the codes as received are those of their standard'],
        ...(to === 'edifact/invrpt-movements@1.0.0'
          ? [['/notes', 'an INVRPT of D.96A has no free text'] as const]
          : []),
      ],
    }),
  ),
  ...['edifact/aperak@1.0.0', 'edifact/aperak-d01b@1.0.0'].map(
    (to): Twins => ({
      from: 'x12/824@1.0.0',
      to,
      losses: [
        ['/code', 'the codes as received are those of their standard'],
        ['/level', 'an APERAK is about a message as a whole'],
        ['/original/referenceType', 'the codes as received are those of their standard'],
        ['/original/set', 'RFF names the document by its number'],
        ['/original/release', 'RFF names the document by its number'],
        ['/original/sender', 'RFF names the document by its number'],
        ['/original/receiver', 'RFF names the document by its number'],
        ['/references/*/description', 'RFF has a number and no words'],
        ['/amounts', 'an APERAK has no amounts'],
        ...['segment', 'segmentPosition', 'elementPosition', 'elementNumber', 'received', 'expected', 'notes'].map(
          (field) => [`/errors/*/${field}`, 'ERC has a code, and words beside it'] as const,
        ),
      ],
    }),
  ),
  {
    from: 'x12/990@1.0.0',
    to: 'edifact/iftmbc@1.0.0',
    losses: [
      ['/references/*/description', 'RFF has a number and no words'],
      ['/equipment/*/initial', 'EQD has one number for the whole of letters and digits'],
      ['/equipment/*/scac', 'EQD does not name its owner'],
      ...['stopNumber', 'rawCodes', 'references', 'remarks', 'quantity', 'uom', 'weight', 'deliver/scheduledAt'].map(
        (field) => [`/stops/*/${field}`, 'a stop is a place and its times: LOC and DTM'] as const,
      ),
      ['/rawCodes', 'the codes as received are those of their standard'],
    ],
  },
  ...ORDER_TWINS,
];

function isDunsWithSuffix(party: Json): boolean {
  return isObject(party) && party.idQualifier === '9';
}

const REASONS_OF_A_MOVEMENT = new Set(['destroyed', 'physical-count', 'transfer', 'damaged']);

function isUnusable(quantity: Json): boolean {
  return isObject(quantity) && quantity.kind === 'unusable';
}

function isOnHold(discrepancy: Json): boolean {
  return isObject(discrepancy) && discrepancy.condition === 'on-hold';
}

function hasNoLines(order: Json): boolean {
  return isObject(order) && !['items', 'packages', 'pallets'].some((name) => Object.hasOwn(order, name));
}

interface TestEvent {
  readonly type: string;
  readonly data: JsonObject;
  /** Types that reading says it again as. */
  readonly again: readonly string[];
}

for (const { from, to, losses, lostTypes = [] } of TWINS.flatMap((twins) =>
  [twins.to, ...(twins.as ?? [])].map((each) => ({ ...twins, to: each })),
)) {
  const [source, target] = [shippedMap(from), shippedMap(to)];
  const met = new Set<string>();

  describe(`cross-standard: ${from} and ${to}`, () => {
    for (const path of globSync(`maps/${source.name}/tests/*.json`, { exclude: ['**/*.document.json'] }).sort()) {
      const told = existsSync(path.replace(/json$/, 'findings.txt'));
      for (const [index, event] of eventsIn(path, source).entries()) {
        if (lostTypes.includes(event.type)) {
          it(`${basename(path, '.json').replaceAll('-', ' ')}, event ${index + 1}: is refused, there is no code for ${event.type}`, () => {
            const { documents, findings } = target.writer.write([event], { timezone: null });
            assert.deepEqual([documents, findings.some(({ severity }) => severity === 'rejected')], [[], true]);
          });
          continue;
        }
        const wanted = withoutLosses(event.data, losses, met);
        // A document with faults may say what its own map would not write.
        if (told && source.writer.write([{ ...event, data: wanted }], { timezone: null }).documents.length === 0)
          continue;
        it(`${basename(path, '.json').replaceAll('-', ' ')}, event ${index + 1}: said by the one, it is said by the other`, () => {
          const written = { ...event, data: wanted };
          for (const map of [target, source]) {
            const read = sayAndRead(map, written);
            const kept = { ...read, data: withoutLosses(read.data, losses, met) };
            assert.deepEqual(comparable(kept), comparable(written));
          }
        });
      }
    }

    it('lists no loss that does not occur', () => {
      assert.deepEqual(
        losses.map(([field]) => field).filter((field) => !met.has(field)),
        [],
      );
    });
  });
}

/** The events of a golden file, without what the gateway derives from their data; each with those that say it again. */
function eventsIn(path: string, { writer }: CompiledMap): readonly TestEvent[] {
  const events: readonly { readonly type: string; readonly data: JsonObject }[] = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  return events.flatMap(({ type, data }, index): readonly TestEvent[] => {
    if (!writer.types.includes(type)) return [];
    const shape = shapeOf(type);
    const isOwn = (name: string): boolean => shape?.kind === 'object' && shape.fields.has(name);
    const next = events.findIndex((other, at) => at > index && writer.types.includes(other.type));
    const again = events.slice(index + 1, next < 0 ? undefined : next).map((other) => other.type);
    return [{ type, data: Object.fromEntries(Object.entries(data).filter(([name]) => isOwn(name))), again }];
  });
}

/** An event written by a map and read back from what it wrote. */
function sayAndRead(map: CompiledMap, event: TestEvent): TestEvent {
  const { documents, findings } = map.writer.write([event], { timezone: null });
  assert.deepEqual(
    findings.map(({ text }) => text),
    [],
  );
  const body = eventType(event.type)?.body;
  const [document] = documents;
  assert(body !== undefined && document !== undefined);
  const structure = map.structureOf(document.segments);
  assert(!('why' in structure));
  const reading = map.read(structure);
  const [read, ...others] = reading.events;
  assert(read !== undefined, reading.findings.map(({ text }) => text).join('\n'));
  const again = others.map(({ type }) => type);
  return { type: read.type, data: planOf(body).walk(read.data, null).data, again };
}

/** The same for two events that say the same: moments as instants, whatever their offset. */
function comparable({ type, data, again }: TestEvent): JsonObject {
  return { type, data: instants(data), again };
}

function instants(value: Json): Json {
  if (Array.isArray(value)) return value.map(instants);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, instants(field)]));
  const isMoment =
    typeof value === 'string' && /^[0-9]{4}-[0-9]{2}-[0-9]{2}T.*(?:Z|[+-][0-9]{2}:[0-9]{2})$/.test(value);
  return isMoment ? new Date(value).toISOString() : value;
}

/** Data without its losses, and without what that leaves empty; the losses that were met are noted. */
function withoutLosses(data: JsonObject, losses: readonly Loss[], met: Set<string>): JsonObject {
  const strip = (value: Json, pointer: string): Json | undefined => {
    if (losses.some(([field, , only]) => field === pointer && only?.(value) !== false)) {
      met.add(pointer);
      return undefined;
    }
    if (Array.isArray(value)) {
      const left = value.map((entry) => strip(entry, `${pointer}/*`)).filter((entry) => entry !== undefined);
      return left.length === 0 ? undefined : left;
    }
    if (!isObject(value)) return value;
    const left = Object.entries(value).flatMap(([name, field]): readonly (readonly [string, Json])[] => {
      const kept = strip(field, `${pointer}/${name}`);
      return kept === undefined ? [] : [[name, kept]];
    });
    const lost =
      left.length === 0 ||
      losses.some(([field, , only]) => field === pointer && only?.(Object.fromEntries(left)) === true);
    if (lost && left.length > 0) met.add(pointer);
    return lost ? undefined : Object.fromEntries(left);
  };
  const left = strip(data, '');
  assert(left !== undefined && isObject(left));
  return left;
}
