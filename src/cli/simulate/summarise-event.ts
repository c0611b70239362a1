import type { SimulatedEvent, SimulatedSeries } from './simulate-event.ts';

/** An event in a few lines: how much there is, and how well its numbers can be read. */
export function summarise({ field, passages, series }: SimulatedEvent): string[] {
  const races = field.races.map(({ name, bibs }) => `${name}: ${bibs.from}-${bibs.to}`).join(', ');
  return [
    `${field.startList.length} on the list, ${field.runners.length} runners (${races}), ${passages.length} passages`,
    ...series.map(summariseCamera),
  ];
}

function summariseCamera({ camera, bursts }: SimulatedSeries): string {
  const frames = bursts.flat();
  const subjects = frames.flatMap(({ pictured }) => pictured.filter(({ inSubjectArea }) => inSubjectArea));
  const share = (count: number) => `${((100 * count) / Math.max(1, subjects.length)).toFixed(0)} %`;
  const legible = subjects.filter(({ legibility }) => legibility === 'legible').length;
  const hidden = subjects.filter(({ legibility }) => legibility === 'hidden').length;
  const perPhoto = (subjects.length / Math.max(1, frames.length)).toFixed(1);
  const clock = `${camera.clockErrorMs >= 0 ? '+' : ''}${(camera.clockErrorMs / 1000).toFixed(1)} s`;
  return (
    `${camera.key}: ${frames.length} photos in ${bursts.length} bursts, clock ${clock}, ${perPhoto} runners per photo, ` +
    `bib legible ${share(legible)}, hidden ${share(hidden)}`
  );
}
