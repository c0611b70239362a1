/** One runner's photos of one event that are paid one by one. */
export interface RunnerPhotos {
  web: number;
  original: number;
}

export interface PoolTables {
  /** What 0, 1, … photos cost together. */
  web: number[];
  original: number[];
}

/**
 * For which runners all their photos are the cheaper choice, so that the event costs least as a whole; places in `runners`.
 * Exact: goes through every number of photos that can leave the pools, with the fewest runners that take them out.
 */
export function chooseCapped(
  runners: RunnerPhotos[],
  { tables, allPhotosCents }: { tables: PoolTables; allPhotosCents: number },
): number[] {
  const steps = fewestRunners(runners);
  const last = steps.at(-1);
  if (!last) return [];
  const [web, original] = [tables.web.length - 1, tables.original.length - 1];
  let best = { cents: Number.POSITIVE_INFINITY, web: 0, original: 0 };
  for (let webOut = 0; webOut <= last.webMost; webOut += 1) {
    for (let originalOut = 0; originalOut <= last.originalMost; originalOut += 1) {
      const capped = countAt(last, webOut, originalOut);
      if (capped === IMPOSSIBLE) continue;
      const cents =
        capped * allPhotosCents +
        (tables.web[web - webOut] ?? 0) +
        (tables.original[original - originalOut] ?? 0);
      if (cents < best.cents) best = { cents, web: webOut, original: originalOut };
    }
  }
  return walkBack(runners, steps, best);
}

const IMPOSSIBLE = 65_535;

/** The fewest of the first runners that have so many web photos and originals together. */
interface Step {
  webMost: number;
  originalMost: number;
  fewest: Uint16Array;
}

function fewestRunners(runners: RunnerPhotos[]): Step[] {
  const steps: Step[] = [{ webMost: 0, originalMost: 0, fewest: new Uint16Array(1) }];
  for (const { web, original } of runners) {
    const before = steps.at(-1);
    if (!before) return [];
    const step = emptyStep(before.webMost + web, before.originalMost + original);
    for (let webOut = 0; webOut <= step.webMost; webOut += 1) {
      for (let originalOut = 0; originalOut <= step.originalMost; originalOut += 1) {
        const taken = countAt(before, webOut - web, originalOut - original);
        const left = countAt(before, webOut, originalOut);
        step.fewest[webOut * (step.originalMost + 1) + originalOut] =
          taken === IMPOSSIBLE ? left : Math.min(left, taken + 1);
      }
    }
    steps.push(step);
  }
  return steps;
}

function emptyStep(webMost: number, originalMost: number): Step {
  return { webMost, originalMost, fewest: new Uint16Array((webMost + 1) * (originalMost + 1)) };
}

function countAt({ webMost, originalMost, fewest }: Step, web: number, original: number): number {
  if (web < 0 || original < 0 || web > webMost || original > originalMost) return IMPOSSIBLE;
  return fewest[web * (originalMost + 1) + original] ?? IMPOSSIBLE;
}

function walkBack(runners: RunnerPhotos[], steps: Step[], out: RunnerPhotos): number[] {
  const capped: number[] = [];
  let { web, original } = out;
  for (let place = runners.length - 1; place >= 0; place -= 1) {
    const [runner, before, after] = [runners[place], steps[place], steps[place + 1]];
    if (!(runner && before && after)) continue;
    if (countAt(before, web, original) === countAt(after, web, original)) continue;
    capped.push(place);
    web -= runner.web;
    original -= runner.original;
  }
  return capped.reverse();
}
