import type { Json } from '../../../src/events/types.ts';
import { isObject, type Loss, type Twins } from './twins.ts';

/** What neither ORDERS nor ORDRSP nor INVOIC can say. */
const ORDER_LOSSES: readonly Loss[] = [
  ['/contacts', 'CTA belongs to a party'],
  ['/deliveryTerms/placeType', 'LOC has one code for the place of the terms'],
  ['/deliveryTerms/place', 'FOB names no place without its kind'],
  ['/messages', 'FTX has no number, and N9 is not without'],
  ['/lines/*/unitSize', 'MEA is about the whole line'],
  ['/lines/*/price/basis', 'DE 5375 has no code for it', among('contract-each', 'retail-each', 'no-charge')],
];

const NO_DESCRIPTION: Loss = ['/references/*/description', 'RFF has a number and no words'];
const NO_ROUTE: Loss = ['/carrier/routing', 'TDT has no words for the route'];
const NO_NUMBER: Loss = ['/lines/*/messages', 'FTX has no number, and N9 is not without'];
const NO_JURISDICTION = ['jurisdiction', 'jurisdictionType'].map(
  (field): Loss => [`/lines/*/taxes/*/${field}`, 'TAX has no jurisdiction'],
);
const NO_DATE: Loss = [
  '/lines/*/dates/*',
  'DE 2005 has no code for it',
  (date) => isObject(date) && date.type === 'required-by',
];

/** True for these words. */
function among(...words: readonly string[]): (value: Json) => boolean {
  return (value) => typeof value === 'string' && words.includes(value);
}

/** Maps of orders, their answers and invoices, and what EDIFACT cannot say of them. */
export const ORDER_TWINS: readonly Twins[] = [
  {
    from: 'x12/850@1.0.0',
    to: 'edifact/orders@1.0.0',
    as: ['edifact/orders-d01b@1.0.0'],
    losses: [
      ...ORDER_LOSSES,
      ...[NO_DESCRIPTION, NO_ROUTE, NO_NUMBER, NO_DATE, ...NO_JURISDICTION],
      [
        '/shipFrom',
        'a number of another kind is 9 in DE 66, and in DE 3055 that is a GLN',
        (party) => isObject(party) && party.idQualifier === '9',
      ],
      ['/orderType', 'DE 1001 has no code for goods to another party', among('drop-ship', 'standard')],
      ['/packing/*/type', 'FTX has one code for packing'],
      [
        '/charges/*',
        'a code of four characters has no place in DE 7161',
        (charge) => isObject(charge) && charge.type === 'ZZZZ',
      ],
      ['/carrier/serviceLevel', 'TDT has no level of service'],
      ['/lines/*/innerPacks', 'QTY counts one level of packs'],
    ],
  },
  {
    from: 'x12/860@1.0.0',
    to: 'edifact/orders@1.0.0',
    as: ['edifact/orders-d01b@1.0.0'],
    losses: [
      ...ORDER_LOSSES,
      NO_NUMBER,
      [
        '/lines/*/change',
        'DE 1229 does not tell what of a line was changed',
        among('quantity-increased', 'quantity-decreased', 'price-changed', 'dates-changed', 'replaced'),
      ],
      ['/lines/*/taxes/*/type', 'DE 5153 has no code for it', among('sales')],
    ],
  },
  {
    from: 'x12/855@1.0.0',
    to: 'edifact/ordrsp@1.0.0',
    as: ['edifact/ordrsp-d01b@1.0.0'],
    losses: [
      ...ORDER_LOSSES,
      ...[NO_NUMBER, NO_DATE],
      ['/acknowledgmentCode', 'the codes as received are those of their standard'],
      ['/acknowledgment', 'a code that is known in DE 4343 means what it means there', among('AP')],
      ['/requestNumber', 'RFF has no qualifier for it'],
      ['/lines/*/statuses', 'a LIN has one status', (statuses) => Array.isArray(statuses) && statuses.length > 1],
      ['/lines/*/statuses/*/code', 'the codes as received are those of their standard'],
      [
        '/lines/*/statuses/*/status',
        'DE 1229 has no code for it',
        among('quantity-changed', 'substituted', 'accepted-and-shipped'),
      ],
      ...['dateType', 'date', 'reasonAgency', 'reasonList'].map(
        (field): Loss => [`/lines/*/statuses/*/${field}`, 'LIN has a code and nothing of the kind'],
      ),
    ],
  },
  {
    from: 'x12/810@1.0.0',
    to: 'edifact/invoic@1.0.0',
    as: ['edifact/invoic-d01b@1.0.0'],
    losses: [
      ...ORDER_LOSSES,
      NO_ROUTE,
      ...NO_JURISDICTION,
      ['/invoiceType', 'an INVOIC says that it is an invoice, an 810 may leave it out', among('invoice')],
      ['/notes', 'FTX is read as messages'],
      ['/dates/*', 'DTM 3 is the date of the invoice', (date) => isObject(date) && date.type === 'invoice'],
      ['/remitTo/references/*/description', 'RFF has a number and no words'],
      ['/totals/discountedAmount', 'DE 5025 has no code for it'],
      ...['', '/lines/*', '/charges/*', '/lines/*/charges/*'].map(
        (of): Loss => [`${of}/taxes/*/type`, 'DE 5153 has no code for it', among('sales')],
      ),
    ],
  },
  {
    from: 'x12/210@1.0.0',
    to: 'edifact/invoic-freight@1.0.0',
    as: ['edifact/invoic-freight-d01b@1.0.0'],
    losses: [
      ['/lines/*/lineNumber', 'the lines of a 210 are numbered in writing'],
      ['/equipment', 'an INVOIC of D.96A names equipment in its lines alone'],
      ['/lines/*/freightClass', 'PIA has no code for the class'],
      ['/rawCodes', 'the codes as received are those of their standard'],
      ...[
        ...['stopNumber', 'rawCodes', 'weight', 'quantity', 'uom', 'purchaseOrders', 'references'],
        ...['location/role', 'location/postalCode', 'pickUp/actualAt'],
      ].map((field): Loss => [`/stops/*/${field}`, 'a stop is a place and its times: LOC and DTM']),
    ],
  },
];
