import { inside, overHttp } from '../lists.ts';
import { runsOn } from '../suites.ts';

/** … and the rest of them at the same time: both wait for their server for most of theirs. */
runsOn('node-server', [...inside.filter((_, at) => at % 2 === 1), ...overHttp]);
