import { inside } from '../lists.ts';
import { runsOn } from '../suites.ts';

/** What runs on Node over a file everywhere else, on Node over a libSQL server: every other suite … */
runsOn(
  'node-server',
  inside.filter((_, at) => at % 2 === 0),
);
