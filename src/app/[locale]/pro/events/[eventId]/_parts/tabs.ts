/** The tabs of an event, in order: the path under the event and its word in `pro.tabs`. */
export const EVENT_TABS = [
  { path: '', word: 'overview' },
  { path: '/photos', word: 'photos' },
  { path: '/triage', word: 'triage' },
  { path: '/start-list', word: 'startList' },
  { path: '/timing', word: 'timing' },
  { path: '/clocks', word: 'clocks' },
  { path: '/claims', word: 'claims' },
  { path: '/prices', word: 'prices' },
  { path: '/sales', word: 'sales' },
  { path: '/edit', word: 'edit' },
] as const;
