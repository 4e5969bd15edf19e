import { showCustomers } from './customers.ts';
import { byId } from './dom.ts';
import { showInvoices } from './invoices.ts';
import { makePeople } from './people.ts';
import { showRecord } from './record.ts';

const people = makePeople(300);
const views = ['faktury', 'kontrahenci', 'karta'] as const;
type View = (typeof views)[number];

const titles: Record<View, string> = {
  faktury: 'Faktury do zapłaty',
  kontrahenci: 'Kontrahenci',
  karta: 'Karta kontrahenta',
};

const show = (view: View) => {
  for (const one of views) {
    byId(`view-${one}`).hidden = one !== view;
    byId(`tab-${one}`).ariaSelected = String(one === view);
  }
  if (view === 'karta') {
    const tab = byId('tab-karta') as HTMLAnchorElement;
    tab.hidden = false;
    tab.href = location.hash;
  }
  document.title = `${titles[view]} – Nowak i Wspólnicy – System ERP`;
  const module = view === 'faktury' ? '#/faktury' : '#/kontrahenci';
  let marked = false;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.modules a')) {
    const current: boolean = !marked && link.getAttribute('href') === module;
    marked ||= current;
    link.ariaCurrent = current ? 'page' : null;
  }
};

const navigate = () => {
  const record = /^#\/kontrahent\/(\d+)$/.exec(location.hash)?.[1];
  if (record !== undefined && showRecord(people, Number(record))) show('karta');
  else show(location.hash === '#/kontrahenci' ? 'kontrahenci' : 'faktury');
};

const theme = (dark: boolean) => {
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  byId('theme').ariaPressed = String(dark);
};
const preferred = matchMedia('(prefers-color-scheme: dark)');
theme(preferred.matches);
preferred.addEventListener('change', () => theme(preferred.matches));
byId('theme').addEventListener('click', () => theme(document.documentElement.dataset.theme !== 'dark'));

showInvoices(people, (id) => {
  location.hash = `#/kontrahent/${id}`;
});
showCustomers(people);
addEventListener('hashchange', navigate);
navigate();
