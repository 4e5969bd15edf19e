/** How browsers are started by tests, benches and the demo: quiet, without the network, and as root where CI is root. */

const isRoot = process.getuid?.() === 0;

export const chromiumFlags: readonly string[] = [
  // Chromium's sandbox refuses root, and containers are rarely anything else.
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-search-engine-choice-screen',
  // Small /dev/shm of containers crashes tabs.
  '--disable-dev-shm-usage',
];

/** A page in the background is as quick as one in front, so that tests wait for conditions and not for focus. */
export const unthrottled: readonly string[] = [
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
];
