import { planEvent, type RaceEvent } from '../../tests/fixtures/event/plan-event.ts';

/** What is drawn for the demo: the same on every machine. */
export const DEMO_WISH = { seed: 'demo-7', photos: 72, runners: 160, longSidePx: 3200 };

export function planDemoEvent(): RaceEvent {
  return planEvent(DEMO_WISH);
}
