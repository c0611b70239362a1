import type { Clothing, Lab, PersonFinding } from '#vision/findings.ts';

/** Words that everybody sorts clothes by. Their order is that of the choice that people are given. */
export const COLOUR_NAMES = [
  'red',
  'orange',
  'yellow',
  'green',
  'blue',
  'purple',
  'pink',
  'brown',
  'black',
  'grey',
  'white',
] as const;

export type ColourName = (typeof COLOUR_NAMES)[number];

/** Below this distance from the grey axis nobody names a hue. */
const LEAST_CHROMA = 14;
const MOST_PERSONS = 6;
/** Beside the tallest person: who is smaller stands in the background. */
const LEAST_HEIGHT_SHARE = 0.4;

/** The name that most people give a colour of cloth. Bounds by the named colours of CSS: pure red has a hue of 40°, orange 73°,
 *  yellow 103°, green 136°, cyan 196°, blue 306°, purple 328°. */
export function nameColour([light, a, b]: Lab): ColourName {
  const chroma = Math.hypot(a, b);
  if (light < 20 && chroma < 25) return 'black';
  if (chroma < LEAST_CHROMA) return light < 32 ? 'black' : light < 72 ? 'grey' : 'white';
  return nameHue(((Math.atan2(b, a) * 180) / Math.PI + 360) % 360, light, chroma);
}

function nameHue(hue: number, light: number, chroma: number): ColourName {
  if (hue >= 308 && hue < 340) return light > 62 ? 'pink' : 'purple';
  if (hue >= 340 || hue < 18) return light > 55 || hue >= 340 ? 'pink' : 'red';
  if (hue < 95 && light < 45 && (hue >= 48 || chroma < 38)) return 'brown';
  if (hue < 48) return light > 68 ? 'pink' : 'red';
  if (hue < 78) return 'orange';
  if (hue < 108) return 'yellow';
  return hue < 185 ? 'green' : hue < 308 ? 'blue' : 'purple';
}

/** What the persons in front wear: each one's upper colour, and the lower one where it has a hue, since dark shorts say nothing. */
export function nameClothes(persons: readonly PersonFinding[]): ColourName[] {
  const tallest = Math.max(0, ...persons.map((person) => person.box.h));
  const named = persons
    .filter((person) => person.box.h >= tallest * LEAST_HEIGHT_SHARE)
    .toSorted((one, other) => other.box.h - one.box.h)
    .slice(0, MOST_PERSONS)
    .flatMap(({ clothing }) => (clothing ? coloursOf(clothing) : []));
  return [...new Set(named)];
}

function coloursOf({ upper, lower }: Clothing): ColourName[] {
  const below = lower && Math.hypot(lower[1], lower[2]) >= LEAST_CHROMA ? nameColour(lower) : null;
  return below === null || below === 'black' ? [nameColour(upper)] : [nameColour(upper), below];
}
