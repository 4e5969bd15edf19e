/**
 * The page's script: keeps the lists in step with the server. It is told by Server-Sent Events that something has
 * changed, else it looks every two seconds; then it takes the page as the server renders it and puts the new lists in
 * place of the old ones. Runs in the browser, from a file of its own: the page's policy allows nothing inline.
 */
export const sandboxScript = `
const live = document.querySelector('.live');
let mark = document.body.dataset.mark;
let busy = false;
let stale = false;

async function refresh() {
  stale = true;
  if (busy) return;
  busy = true;
  try {
    while (stale) {
      stale = false;
      const answer = await fetch(location.href, { headers: { 'X-Refresh': '1' } });
      if (!answer.ok) break;
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
      mark = next.body.dataset.mark;
      for (const id of ['phone-list', 'mail-list']) replaceList(id, next);
    }
  } catch {
    // The server is away for a moment; the events or the next look will tell.
  } finally {
    busy = false;
  }
}

/** Open mails stay open, scrolled phones stay where they are, and what is new shows that it is. */
function replaceList(id, next) {
  const old = document.getElementById(id);
  const fresh = document.adoptNode(next.getElementById(id));
  const known = new Set([...old.querySelectorAll('[data-key]')].map((node) => node.dataset.key));
  for (const open of old.querySelectorAll('details[open]')) {
    const same = fresh.querySelector('[data-key="' + CSS.escape(open.dataset.key) + '"]');
    if (same) same.open = true;
  }
  const first = known.size === 0;
  for (const node of fresh.querySelectorAll('[data-key]')) {
    if (!first && !known.has(node.dataset.key)) node.classList.add('new');
  }
  const focused = document.activeElement?.closest?.('details[data-key]')?.dataset.key;
  old.replaceChildren(...fresh.childNodes);
  if (focused) old.querySelector('[data-key="' + CSS.escape(focused) + '"] summary')?.focus();
  for (const screen of old.querySelectorAll('.screen')) screen.scrollTop = screen.scrollHeight;
}

function show(on) {
  live.hidden = false;
  live.classList.toggle('on', on);
  const words = on ? live.dataset.live : live.dataset.unlive;
  if (live.textContent !== words) live.textContent = words;
}

function listen() {
  const events = new EventSource('/sandbox/events');
  events.addEventListener('open', () => show(true));
  events.addEventListener('mark', (event) => {
    if (event.data !== mark) refresh();
  });
  events.addEventListener('error', () => {
    if (events.readyState === EventSource.CLOSED) look();
    else show(false);
  });
}

function look() {
  show(true);
  setInterval(refresh, 2000);
}

if (typeof EventSource === 'undefined') look();
else listen();
for (const screen of document.querySelectorAll('.screen')) screen.scrollTop = screen.scrollHeight;

const empty = document.getElementById('empty');
empty.hidden = false;
empty.addEventListener('click', async () => {
  if (!confirm(empty.dataset.sure)) return;
  await fetch('/sandbox', { method: 'DELETE' });
  refresh();
});
`;
