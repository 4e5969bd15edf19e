import { inside, onNodeServer, overHttp } from './lists.ts';
import { runsOn } from './suites.ts';

/** What runs on Node over a file everywhere else, on Node over a libSQL server. */
runsOn('node-server', [...overHttp, ...inside, ...Object.keys(onNodeServer)]);
