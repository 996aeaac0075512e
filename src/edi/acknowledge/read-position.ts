type Place = 'segment' | 'element' | 'component' | 'repetition';

/** Positions as numbers; those that say none are left out. */
export function positionOf(
  texts: Readonly<Partial<Record<Place, string | undefined>>>,
): Partial<Record<Place, number>> {
  const { segment, element, component, repetition } = texts;
  return {
    ...at('segment', segment),
    ...at('element', element),
    ...at('component', component),
    ...at('repetition', repetition),
  };
}

function at(place: Place, text: string | undefined): Partial<Record<Place, number>> {
  return text !== undefined && /^\d{1,9}$/.test(text) && Number(text) > 0 ? { [place]: Number(text) } : {};
}
