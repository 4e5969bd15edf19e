/** The walls between the parts. Each rule says what would go wrong without it. */
module.exports = {
  forbidden: [
    {
      name: 'shared-imports-neither-side',
      comment: 'shared/ is what both sides agree on: it runs in a page, in Node and at the edge alike.',
      severity: 'error',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(extension|server|scripts|test)/' },
    },
    {
      name: 'shared-uses-no-platform',
      comment: 'shared/ is pure: no Node module, no browser library.',
      severity: 'error',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'server-runs-at-the-edge',
      comment: 'Only server/platform knows which machine it runs on.',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/platform/|\\.test\\.ts$|simulator|\\.node\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'rules-do-no-input-or-output',
      comment: 'A rule is a function of its arguments, so that it can be tested at its edges.',
      severity: 'error',
      from: { path: '^server/.*/rules\\.ts$' },
      to: { path: '^server/(database|platform|operators)/|/store\\.ts$' },
    },
    {
      name: 'server-knows-no-extension',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^extension/' },
    },
    {
      name: 'extension-knows-only-types-of-the-server',
      comment: 'The RPC client takes the shape of the API from the server, and nothing that runs.',
      severity: 'error',
      from: { path: '^extension/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'page-reader-has-no-interface',
      comment: 'extension/page runs in strangers’ pages: small, and drawn by extension/page/marks alone.',
      severity: 'error',
      from: { path: '^extension/page/', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: '^extension/(composer|settings|popup)/|node_modules/(preact|@preact|@zag-js|libphonenumber-js|zod)/',
      },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|out|\\.wxt|\\.output)/|^test/pages/node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
