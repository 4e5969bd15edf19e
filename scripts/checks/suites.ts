/** What `npm test` runs, in order. A check is one program that passes or fails; a suite is a project of vitest. */
export interface Suite {
  name: string;
  /** What it shows, in the summary. */
  about: string;
  kind: 'check' | 'tests';
  /** A check's programs, run one after another until one fails. */
  commands: readonly (readonly string[])[];
  /** Minutes after which it counts as hung, on a machine several times slower than ours. */
  minutes: number;
}

/** Quick tests are named only when they fail; those that take seconds each, as they end. */
const vitest = (project: string, slow = 5000): readonly (readonly string[])[] => [
  ['vitest', 'run', '--project', project, `--slowTestThreshold=${slow}`],
];

export const suites: readonly Suite[] = [
  {
    name: 'types',
    about: 'TypeScript, strict',
    kind: 'check',
    commands: [
      ['wxt', 'prepare'],
      ['tsc', '-p', 'tsconfig.json'],
      ['tsc', '-p', 'extension/tsconfig.json'],
    ],
    minutes: 10,
  },
  {
    name: 'lint',
    about: 'format and lint',
    kind: 'check',
    commands: [['biome', 'ci', '--colors=off', '.']],
    minutes: 5,
  },
  {
    name: 'walls',
    about: 'what may import what',
    kind: 'check',
    commands: [['depcruise', 'shared', 'server', 'extension']],
    minutes: 5,
  },
  { name: 'unit', about: 'rules, server, habits', kind: 'tests', commands: vitest('unit'), minutes: 15 },
  {
    name: 'extension',
    about: 'reader, composer, settings',
    kind: 'tests',
    commands: vitest('extension'),
    minutes: 15,
  },
  {
    name: 'contract',
    about: 'the API on Node and at the edge',
    kind: 'tests',
    commands: [['vitest', 'run', '--project', 'contract', '--project', 'libsql', '--slowTestThreshold=5000']],
    minutes: 20,
  },
  {
    name: 'workerd',
    about: 'the server’s own tests in workerd',
    kind: 'tests',
    commands: [
      ['vitest', 'run', '--config', 'test/contract/inside/vitest.config.ts', '--slowTestThreshold=5000'],
    ],
    minutes: 15,
  },
  {
    // The short form of `npm run test:faults`: every operator's fault, and one kill -9 at each chief point.
    name: 'faults',
    about: 'nothing lost, nothing sent twice',
    kind: 'tests',
    commands: [
      [
        'vitest',
        'run',
        '--project',
        'faults',
        'test/faults/operators.test.ts',
        'test/faults/kill.test.ts',
        '--slowTestThreshold=300',
      ],
    ],
    minutes: 15,
  },
  {
    name: 'browsers',
    about: 'Chromium and Firefox',
    kind: 'tests',
    commands: vitest('browsers', 300),
    minutes: 30,
  },
];
