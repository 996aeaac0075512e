import type { JsonObject } from './types.ts';

/**
 * Zones of places, only where all of a state, province or country keeps one clock. Where it does not (Texas, Arizona with
 * the Navajo Nation, Ontario, Spain with the Canaries) the place says nothing and the partner's zone is taken.
 * Facts: IANA time zone database.
 */
const zonesOf = (zones: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(zones).flatMap(([zone, codes]) => codes.split(' ').map((code) => [code, zone] as const)));

const UNITED_STATES = zonesOf({
  'America/New_York': 'CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV',
  'America/Chicago': 'AL AR IA IL LA MN MO MS OK WI',
  'America/Denver': 'CO MT NM UT WY',
  'America/Los_Angeles': 'CA WA',
  'America/Puerto_Rico': 'PR VI',
  'Pacific/Honolulu': 'HI',
  'Pacific/Guam': 'GU MP',
});

const CANADA = zonesOf({
  'America/Edmonton': 'AB NT',
  'America/Halifax': 'NS PE',
  'America/Moncton': 'NB',
  'America/Whitehorse': 'YT',
  'America/Winnipeg': 'MB',
});

const MEXICO = zonesOf({
  'America/Cancun': 'ROO',
  'America/Hermosillo': 'SON',
  'America/Mazatlan': 'BCS SIN',
  'America/Mexico_City': 'AGU CAM CHP CMX COL DUR GRO GUA HID JAL MEX MIC MOR OAX PUE QUE SLP TAB TLA VER YUC ZAC',
  'America/Tijuana': 'BCN',
});

const COUNTRIES = zonesOf({
  'Africa/Cairo': 'EG',
  'Africa/Johannesburg': 'ZA',
  'Africa/Lagos': 'NG',
  'Africa/Nairobi': 'KE',
  'America/Bogota': 'CO',
  'America/Caracas': 'VE',
  'America/Costa_Rica': 'CR',
  'America/El_Salvador': 'SV',
  'America/Guatemala': 'GT',
  'America/Jamaica': 'JM',
  'America/La_Paz': 'BO',
  'America/Lima': 'PE',
  'America/Managua': 'NI',
  'America/Montevideo': 'UY',
  'America/Panama': 'PA',
  'America/Puerto_Rico': 'PR',
  'America/Santo_Domingo': 'DO',
  'America/Tegucigalpa': 'HN',
  'Asia/Bangkok': 'TH',
  'Asia/Colombo': 'LK',
  'Asia/Dhaka': 'BD',
  'Asia/Dubai': 'AE',
  'Asia/Ho_Chi_Minh': 'VN',
  'Asia/Hong_Kong': 'HK',
  'Asia/Jerusalem': 'IL',
  'Asia/Karachi': 'PK',
  'Asia/Kolkata': 'IN',
  'Asia/Kuala_Lumpur': 'MY',
  'Asia/Manila': 'PH',
  'Asia/Riyadh': 'SA',
  'Asia/Seoul': 'KR',
  'Asia/Shanghai': 'CN',
  'Asia/Singapore': 'SG',
  'Asia/Taipei': 'TW',
  'Asia/Tokyo': 'JP',
  'Europe/Amsterdam': 'NL',
  'Europe/Athens': 'GR',
  'Europe/Berlin': 'DE',
  'Europe/Bratislava': 'SK',
  'Europe/Brussels': 'BE',
  'Europe/Bucharest': 'RO',
  'Europe/Budapest': 'HU',
  'Europe/Copenhagen': 'DK',
  'Europe/Dublin': 'IE',
  'Europe/Helsinki': 'FI',
  'Europe/Istanbul': 'TR',
  'Europe/Ljubljana': 'SI',
  'Europe/London': 'GB',
  'Europe/Luxembourg': 'LU',
  'Europe/Oslo': 'NO',
  'Europe/Paris': 'FR',
  'Europe/Prague': 'CZ',
  'Europe/Riga': 'LV',
  'Europe/Rome': 'IT',
  'Europe/Sofia': 'BG',
  'Europe/Stockholm': 'SE',
  'Europe/Tallinn': 'EE',
  'Europe/Vienna': 'AT',
  'Europe/Vilnius': 'LT',
  'Europe/Warsaw': 'PL',
  'Europe/Zagreb': 'HR',
  'Europe/Zurich': 'CH LI',
});

/**
 * The IANA zone of a place or party, by its `state` and `country`; null where they do not settle it. North American
 * documents leave the country out at home, so a lone state counts where `home`, the partner's own zone, is in America.
 */
export function zoneOfPlace(place: JsonObject, home: string | null): string | null {
  const { state, country } = place;
  const code = typeof state === 'string' ? state : '';
  switch (country) {
    case 'US':
    case 'USA':
      return UNITED_STATES.get(code) ?? null;
    case 'CA':
    case 'CAN':
      return CANADA.get(code) ?? null;
    case 'MX':
    case 'MEX':
      return MEXICO.get(code) ?? null;
    case undefined:
      // No code of the two lists occurs in both.
      return home?.startsWith('America/') ? (UNITED_STATES.get(code) ?? CANADA.get(code) ?? null) : null;
    default:
      return typeof country === 'string' ? (COUNTRIES.get(country) ?? null) : null;
  }
}
