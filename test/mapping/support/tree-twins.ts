import type { Json } from '../../../src/events/types.ts';
import { isObject, type Twins } from './twins.ts';

/** JSON, XML and CSV with the sets of X12 that say the same. */
export const TREE_TWINS: readonly Twins[] = [
  {
    from: 'json/tracking@1.0.0',
    to: 'x12/214@1.0.0',
    lostTypes: ['logistics.transport.status-unknown.v1'],
    losses: [
      ['/rawCodes', 'the codes as received are those of their standard'],
      ['/classifier', 'a 214 says it by its status'],
      ['/notes', 'a 214 has no free text'],
      ['/signedBy', 'a 214 names no signer'],
      ['/equipment/number', 'MS2 takes no number without its owner'],
      ['/place/name', 'MS1 has a city'],
      ['/place/postalCode', 'MS1 has a city'],
      ['/references/*', 'DE 128 has codes of three characters', isLongType],
      ['/reason', 'DE 1651 has codes', (reason) => reason === 'strike'],
    ],
  },
  {
    from: 'json/load-order@1.0.0',
    to: 'x12/204@1.0.0',
    losses: [
      ['/createdAt', 'a 204 does not say when it was made'],
      ['/carrier/name', 'B2 has the code of the carrier'],
      ['/carrier/serviceLevel', 'a 204 has no service level'],
      ['/shipper/idQualifier', 'the order has one kind of number'],
      ['/stops/*/location/idQualifier', 'the order has one kind of number'],
      ['/stops/*/stopNumber', 'S501 is counted'],
      ['/stops/*/rawCodes', 'the codes as received are those of their standard'],
      ['/stops/*/location', 'N1 wants a name or a number', hasNoName],
      ['/references/*', 'DE 128 has codes of three characters', isLongType],
    ],
  },
  {
    from: 'xml/sap-desadv@1.0.0',
    to: 'x12/856@1.0.0',
    losses: [
      ['/shipment/items/*/lineNumber', 'an 856 has the line of the order alone'],
      ['/orders/*/items/*/lineNumber', 'an 856 has the line of the order alone'],
      ['/shipment/shipTo/idQualifier', 'an IDoc has one kind of number'],
      ['/shipment/shipFrom/idQualifier', 'an IDoc has one kind of number'],
      ['/shipment/parties/*/idQualifier', 'an IDoc has one kind of number'],
      ['/shipment/weight', 'TD1 wants the unit as well', (weight) => isObject(weight) && weight.unit === undefined],
      ['/shipment/packages/*/packaging', 'DE 103 has codes', (packaging) => packaging === 'EUROPAL'],
    ],
  },
  {
    from: 'xml/sap-shpmnt@1.0.0',
    to: 'x12/204@1.0.0',
    losses: [
      ['/createdAt', 'a 204 does not say when it was made'],
      ['/carrier/name', 'B2 has the code of the carrier'],
      ['/carrier/routing', 'B2 has no route'],
      ['/shipper/idQualifier', 'an IDoc has one kind of number'],
      ['/stops/*/location/idQualifier', 'an IDoc has one kind of number'],
      ['/stops/*/stopNumber', 'S501 is counted'],
      ['/stops/*/weight', 'DE 188 has five units', hasForeignUnit],
      ['/stops/*/volume', 'AT8 wants the weight beside it'],
    ],
  },
  {
    from: 'csv/inventory@1.0.0',
    to: 'x12/846@1.0.0',
    losses: [
      ['/warehouse/idQualifier', 'the table has one kind of number'],
      ['/lines/*/quantities/*', 'DE 673 has codes', (quantity) => isObject(quantity) && quantity.kind === 'quarantine'],
    ],
  },
  {
    from: 'csv/orders@1.0.0',
    to: 'x12/940@1.0.0',
    losses: [
      ['/carrier/serviceLevel', 'W66 has no service level'],
      ['/lines/*/lineNumber', 'LX01 is counted'],
      ['/shipTo/idQualifier', 'the table has one kind of number'],
    ],
  },
];

function isLongType(reference: Json): boolean {
  return isObject(reference) && String(reference.type).length > 3;
}

function hasNoName(location: Json): boolean {
  return isObject(location) && location.name === undefined && location.code === undefined;
}

function hasForeignUnit(weight: Json): boolean {
  return isObject(weight) && !['kilogram', 'pound'].includes(String(weight.unit));
}
