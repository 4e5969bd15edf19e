export { type Matched, siteOf } from './choose.ts';
export { describeList, isSameList, type ListPlace, settingsOf } from './lists.ts';
export { type PatternProblem, parseSitePattern, type SitePattern, writeSitePattern } from './pattern.ts';
