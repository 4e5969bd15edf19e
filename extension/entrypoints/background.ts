import { defineBackground } from 'wxt/utils/define-background';
import { setUpBadge } from '../background/badge.ts';
import { setUpBaskets } from '../background/baskets.ts';
import { setUpFollowing } from '../background/batches.ts';
import { setUpCommands } from '../background/commands.ts';
import { setUpContentScripts } from '../background/content-scripts.ts';
import { setUpContextMenus } from '../background/context-menus.ts';
import { setUpReading } from '../background/reading.ts';
import { setUpRequests } from '../background/requests.ts';
import { setUpSites } from '../background/sites.ts';
import { setUpStorage } from '../background/storage.ts';

// Listeners must stand before the first await, or the event that woke the service worker is lost.
export default defineBackground({
  type: 'module',
  main() {
    setUpStorage();
    setUpContentScripts();
    setUpReading();
    setUpBaskets();
    setUpContextMenus();
    setUpCommands();
    setUpRequests();
    setUpSites();
    setUpFollowing();
    setUpBadge();
  },
});
