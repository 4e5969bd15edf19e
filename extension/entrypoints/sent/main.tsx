import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import { createSessionStore } from '../../bridge/session.store.ts';
import '../../history/history.css';
import { History } from '../../history/history.tsx';
import { followAddress } from '../../history/route.ts';
import { language } from '../../locales/texts.ts';
import '../../look/look.css';
import '../../look/table.css';

document.documentElement.lang = language();
const session = createSessionStore();
session.watch();
followAddress();
const app = document.getElementById('app');
if (app !== null) render(<History session={session} />, app);
