import { render } from 'preact';
import { createSessionStore } from '../../bridge/session.store.ts';
import { language } from '../../locales/texts.ts';
import '../../look/look.css';
import '../../popup/popup.css';
import { createPage } from '../../popup/popup.store.ts';
import { Popup } from '../../popup/popup.tsx';

document.documentElement.lang = language();
const session = createSessionStore();
session.watch();
const page = createPage();
void page.load();
const app = document.getElementById('app');
if (app !== null) render(<Popup page={page} session={session} />, app);
