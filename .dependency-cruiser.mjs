const ROOMS_BELOW = {
  audit: [],
  accounts: ['audit', 'credits'],
  events: ['audit', 'accounts'],
  ledger: ['audit'],
};

/** A rule that says: from `from`, never to `to`. */
function never(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

const source = '^src/';
const notTests = '\\.test\\.tsx?$';

/** The walls of the house: who may import whom. tests/architecture.test.ts plants a violation of each. */
export default {
  forbidden: [
    never(
      'no-circular',
      'Modules that need each other are one module.',
      { pathNot: notTests },
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ['type-only'] },
      },
    ),
    never(
      'vision-stands-alone',
      'Pixels in, findings out: it imports nothing else of ours.',
      {
        path: `${source}vision/`,
        pathNot: notTests,
      },
      { path: source, pathNot: `${source}vision/` },
    ),
    never(
      'platform-knows-no-business',
      'Adapters know their port, not who uses them.',
      {
        path: `${source}platform/`,
        pathNot: notTests,
      },
      { path: source, pathNot: `${source}platform/` },
    ),
    never(
      'domain-runs-anywhere',
      'The business runs without Next, Hono or React.',
      {
        path: `${source}domain/`,
        pathNot: notTests,
      },
      { path: ['node_modules/(next|react|react-dom|hono|@hono|next-intl)/', `${source}(app|api|ui|cli)/`] },
    ),
    never(
      'domain-takes-ports',
      'Adapters reach an action through its context.',
      {
        path: `${source}domain/`,
        pathNot: notTests,
      },
      {
        path: [
          `${source}platform/(db|queue|live|mail|payments|recognition|storage)/(open-|pglite|postgres|queue-worker|lane)`,
          `${source}(create-context|start-worker|jobs|worker|server|cli)\\.ts$`,
        ],
        dependencyTypesNot: ['type-only'],
      },
    ),
    never(
      'ui-is-given-data',
      'Components are given data and never fetch it.',
      {
        path: `${source}ui/`,
        pathNot: notTests,
      },
      { path: `${source}(domain|platform|api|vision|context)`, dependencyTypesNot: ['type-only'] },
    ),
    never(
      'browser-gets-no-server',
      'A browser file takes types of the server and no values.',
      {
        path: '\\.client\\.tsx?$',
      },
      {
        path: `${source}(domain|platform|api|vision|context|create-context)`,
        dependencyTypesNot: ['type-only'],
      },
    ),
    never(
      'doors-do-no-database',
      'Pages and doors call actions; rows are the domain’s.',
      {
        path: `${source}(app|api)/`,
        pathNot: notTests,
      },
      {
        path: ['/tables\\.ts$', `${source}platform/db/`, 'node_modules/drizzle-orm/'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    never(
      'api-draws-nothing',
      'Machine doors have no components.',
      {
        path: `${source}api/`,
        // The one place where requests are handed on to Next.
        pathNot: [notTests, `${source}api/open-pages\\.ts$`],
      },
      {
        path: [`${source}(ui|app)/`, 'node_modules/(react|react-dom|next)/'],
      },
    ),
    never(
      'pages-stay-beside-doors',
      'Pages and machine doors share only the domain.',
      {
        path: `${source}app/`,
      },
      { path: `${source}api/` },
    ),
    never(
      'context-knows-no-business',
      'Every action takes the context: it cannot take an action.',
      {
        path: `${source}context\\.ts$`,
      },
      { path: `${source}(domain|app|api|ui)/` },
    ),
    never(
      'worker-draws-nothing',
      'A worker and a command start without pages.',
      {
        path: `${source}(worker|start-worker|jobs|cli)(\\.ts$|/)`,
      },
      { path: `${source}(app|ui)/` },
    ),
    ...Object.entries(ROOMS_BELOW).map(([room, below]) =>
      never(
        `room-${room}`,
        `${room} stands low in the house: ${below.join(', ') || 'it needs no other room'}.`,
        {
          path: `${source}domain/${room}/`,
          pathNot: notTests,
        },
        {
          path: `${source}domain/`,
          pathNot: `${source}domain/(${[room, ...below].join('|')})/`,
        },
      ),
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^\\.next/', '^tests/', '^scripts/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
