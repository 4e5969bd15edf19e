import { overHttp } from './lists.ts';
import { runsOn } from './suites.ts';

/** The same over HTTP to a Worker in workerd over a libSQL server. */
runsOn('workers', overHttp);
