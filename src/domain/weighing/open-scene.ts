import { clothingRatio, type Worn, wornIn } from './clothing-odds.ts';
import { type AheadOf, depthOf, type SureBody } from './depth-of-burst.ts';
import { type Body, bodiesOf, completeHeights } from './frame-bodies.ts';
import { type Link, linkFrames } from './link-frames.ts';
import { populationOf, type Runner, runnersOf } from './runners-before-lens.ts';
import type { Burst, EventTrust, Frame } from './scene.ts';

export type Word = Frame['decisions'][number]['decision'];

/** Everything of a burst that is worked out once for all its frames. */
export interface Scene {
  burst: Burst;
  runners: Runner[];
  population: number;
  bodies: Body[][];
  links: Link[][][];
  crowd: Worn[];
  aheadOf: AheadOf;
  trust: EventTrust;
}

export function openScene(burst: Burst, trust: EventTrust): Scene {
  const runners = runnersOf(burst);
  const bibs = runners.map(({ bib }) => bib);
  const bodies = burst.frames.map((frame) => bodiesOf(frame, bibs, burst.startListSize));
  completeHeights(bodies.flat());
  return {
    burst,
    runners,
    population: populationOf(burst.startListSize, runners),
    bodies,
    links: linkFrames(burst.frames, bodies),
    crowd: runners.flatMap(({ worn }) => worn ?? []),
    aheadOf: depthOf(burst, sureBodies(burst, runners, bodies)),
    trust,
  };
}

const sureProbability = 0.9;

/** The bib that a body's own reads leave hardly a doubt of. */
export function sureBibOf({ reads }: Body): string | null {
  for (const [bib, { probability }] of reads[0]?.byBib ?? []) if (probability >= sureProbability) return bib;
  return null;
}

function sureBodies(burst: Burst, runners: readonly Runner[], bodies: readonly Body[][]): SureBody[] {
  const expectedOf = new Map(runners.map(({ bib, expected }) => [bib, expected]));
  const all = burst.frames.flatMap(({ atMs }, index) =>
    (bodies[index] ?? []).flatMap((body) => {
      const bib = sureBibOf(body);
      return bib === null || atMs === null ? [] : [{ bib, body, atMs, expected: expectedOf.get(bib) ?? [] }];
    }),
  );
  const counts = Map.groupBy(all, ({ bib }) => bib);
  return all.map((one) => ({ ...one, frames: counts.get(one.bib)?.length ?? 1 }));
}

export function clothesSay(
  { trust }: Scene,
  clothing: Worn,
  { worn, common }: { worn: Worn; common: number },
): number {
  const ratio = clothingRatio(clothing, worn, common);
  return trust.clothing * ratio + 1 - trust.clothing;
}

/** Its own and those of the bodies it surely is on other frames. */
export function clothingOf(scene: Scene, body: Body, links: readonly Link[]): Worn | null {
  const looks = body.clothing ? [{ clothing: body.clothing, worth: 1 }] : [];
  for (const { frame, body: at, probability } of links) {
    const clothing = scene.bodies[frame]?.[at]?.clothing;
    if (clothing && probability > sureLink) looks.push({ clothing, worth: probability });
  }
  return wornIn(
    looks.map(({ clothing }) => clothing),
    looks.map(({ worth }) => worth),
  );
}

const sureLink = 0.9;
