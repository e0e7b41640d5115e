/** The floors of the house: imports go only downward. test/house/fences.spec.ts sees each rule red once. */
const FLOORS = {
  contracts: [],
  domain: [],
  text: ['domain'],
  fetching: ['domain'],
  tables: ['domain', 'fetching'],
  settings: ['domain', 'contracts', 'text', 'fetching'],
  persistence: ['domain', 'contracts', 'text', 'settings'],
  messaging: ['domain', 'contracts', 'settings', 'persistence'],
  platform: ['domain', 'contracts', 'settings', 'persistence', 'messaging'],
};
const SERVICES = ['collector', 'classifier', 'response-workflow'];
const SPEC = '\\.(spec|suite)\\.ts$';

const floors = Object.entries(FLOORS).map(([lib, below]) => ({
  name: `floor-${lib}`,
  comment: `libs/${lib} may import ${below.length ? below.map((b) => `libs/${b}`).join(', ') : 'no other library'}: imports go downward.`,
  severity: 'error',
  from: { path: `^libs/${lib}/src/`, pathNot: SPEC },
  to: { path: '^(libs|apps|test)/', pathNot: `^libs/(${[lib, ...below].join('|')})/src/` },
}));

const door = (name, comment, allowed, packages) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^(apps|libs)/', pathNot: [allowed, SPEC] },
  to: { path: `^node_modules/(${packages})/` },
});

module.exports = {
  forbidden: [
    ...floors,
    {
      name: 'domain-knows-no-package',
      comment: 'libs/domain is pure: no npm package.',
      severity: 'error',
      from: { path: '^libs/domain/src/', pathNot: SPEC },
      to: { path: '^node_modules/' },
    },
    {
      name: 'contracts-know-only-zod',
      comment: 'libs/contracts is what crosses a wire: zod and nothing else.',
      severity: 'error',
      from: { path: '^libs/contracts/src/', pathNot: SPEC },
      to: { path: '^node_modules/', pathNot: '^node_modules/zod/' },
    },
    door('sql-lives-in-persistence', 'Only libs/persistence knows typeorm, pg and SQL.', '^libs/persistence/', 'typeorm|pg|pg-[a-z-]+'),
    door('kafkajs-lives-in-its-adapter', 'Only the Kafka adapter knows kafkajs.', '^libs/messaging/src/kafka-log/', 'kafkajs'),
    ...SERVICES.map((app) => ({
      name: `app-${app}-stands-alone`,
      comment: `apps/${app} learns of other services by events.`,
      severity: 'error',
      from: { path: `^apps/${app}/`, pathNot: SPEC },
      to: { path: '^apps/', pathNot: `^apps/${app}/` },
    })),
    {
      name: 'standalone-enters-by-the-module',
      comment: 'apps/standalone may import the services, not the console.',
      severity: 'error',
      from: { path: '^apps/standalone/' },
      to: { path: '^apps/console/' },
    },
    {
      name: 'console-speaks-http-only',
      comment: 'apps/console speaks HTTP and SSE: of our code only the HTTP contract.',
      severity: 'error',
      from: { path: '^apps/console/', pathNot: SPEC },
      to: { path: '^(libs|apps)/', pathNot: '^(apps/console/|libs/contracts/src/)' },
    },
    ...SERVICES.map((app) => ({
      name: `rooms-of-${app}-enter-by-the-door`,
      comment: `A folder of apps/${app} imports another folder by its index.ts.`,
      severity: 'error',
      from: { path: `^apps/${app}/src/([^/]+)/`, pathNot: SPEC },
      to: { path: `^apps/${app}/src/[^/]+/`, pathNot: [`^apps/${app}/src/$1/`, `^apps/${app}/src/[^/]+/index\\.ts$`] },
    })),
    {
      name: 'no-circles',
      comment: 'Nothing imports itself by way of others.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^apps/console/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^dist/|\\.fixture\\.)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
