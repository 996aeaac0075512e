import assert from 'node:assert/strict';
import { zoneOfPlace } from '../../src/events/zones.ts';

const HOME = 'America/Chicago';

describe('the zone of a place', () => {
  for (const [place, home, zone] of [
    [{ state: 'WA', country: 'US' }, null, 'America/Los_Angeles'],
    [{ state: 'GA', country: 'USA' }, null, 'America/New_York'],
    [{ state: 'AB', country: 'CA' }, null, 'America/Edmonton'],
    [{ state: 'SON', country: 'MX' }, null, 'America/Hermosillo'],
    [{ country: 'DE' }, null, 'Europe/Berlin'],
    [{ state: 'BY', country: 'DE' }, null, 'Europe/Berlin'],
    [{ state: 'NS' }, HOME, 'America/Halifax'],
  ] as const) {
    it(`is ${zone} for ${Object.values(place).join(', ')}`, () => assert.equal(zoneOfPlace(place, home), zone));
  }

  for (const [title, place, home] of [
    ['a state with two clocks', { state: 'TX', country: 'US' }, HOME],
    ['a country with several clocks', { country: 'US' }, HOME],
    ['a country that reaches to islands with another clock', { country: 'ES' }, null],
    ['an unknown country', { state: 'WA', country: 'XX' }, HOME],
    ['a city alone', { city: 'Reno' }, HOME],
    ['a state without country outside of America', { state: 'NH' }, 'Europe/Amsterdam'],
  ] as const) {
    it(`is not known from ${title}`, () => assert.equal(zoneOfPlace(place, home), null));
  }

  it('is one that Temporal knows, for every entry of the tables', () => {
    const places = ['US', 'CA', 'MX'].flatMap((country) =>
      combinations().map((state) => zoneOfPlace({ state, country }, null)),
    );
    const countries = combinations().map((country) => zoneOfPlace({ country }, null));
    const zones = new Set([...places, ...countries].filter((zone) => zone !== null));
    assert(zones.size > 60);
    for (const zone of zones) assert.doesNotThrow(() => new Intl.DateTimeFormat('en', { timeZone: zone }), zone);
  });
});

/** Every two-letter code. */
function combinations(): readonly string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters.flatMap((first) => letters.map((second) => first + second));
}
