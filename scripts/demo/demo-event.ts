import { planEvent, type RaceEvent } from '../../tests/fixtures/event/plan-event.ts';

/** What is drawn for the demo: the same on every machine. */
export const DEMO_WISH = {
  seed: 'demo-7',
  photos: 72,
  runners: 160,
  longSidePx: 3200,
  hiddenBibs: { allDay: 0.04, perFrame: 0.12 },
};
/** Share of the passages that the mats missed. */
export const DEMO_GAPS = 0.03;

export function planDemoEvent(): RaceEvent {
  return planEvent(DEMO_WISH);
}
