import { render } from 'preact';
import { createSessionStore } from '../../bridge/session.store.ts';
import { language } from '../../locales/texts.ts';
import '../../look/look.css';
import '../../look/table.css';
import '../../settings/hrm/hrm.css';
import { followAddress } from '../../settings/route.ts';
import { Settings } from '../../settings/settings.tsx';
import '../../settings/settings.css';
import '../../settings/audit.css';
import '../../settings/sender-name.css';

document.documentElement.lang = language();
const session = createSessionStore();
session.watch();
followAddress();
const app = document.getElementById('app');
if (app !== null) render(<Settings session={session} />, app);
