/** The page's stylesheet. Colours are those of the extension's look, so that the demo is of one piece. */
export const sandboxStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f1f2f6, #121419);
  --card: light-dark(#ffffff, #1e2128);
  --sunken: light-dark(#f5f6f9, #16181d);
  --ink: light-dark(#1b1f27, #e8eaef);
  --quiet: light-dark(#5a6272, #a4acbb);
  --line: light-dark(#dfe3ea, #333944);
  --control-line: light-dark(#858d9c, #6f7887);
  --accent: light-dark(#4f46e5, #a5b4fc);
  --accent-soft: light-dark(#e9eaff, #2b2f52);
  --on-accent: light-dark(#ffffff, #1a1b3a);
  --bubble: light-dark(#e7e9f0, #2b303b);
  --good: light-dark(#14703f, #7fd8a4);
  --warn: light-dark(#8a4b00, #f3bf73);
  --bad: light-dark(#b3201f, #ffa19b);
  --bad-soft: light-dark(#fdeaea, #3a2123);
  --shadow: 0 1px 2px light-dark(rgb(20 24 40 / 8%), rgb(0 0 0 / 40%)), 0 8px 24px light-dark(rgb(20 24 40 / 6%), rgb(0 0 0 / 25%));
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0; min-width: 300px; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.45 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1, h2, h3, p, dl, dd, pre { margin: 0; }
a { color: inherit; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 12px; top: 12px; z-index: 2; padding: 6px 12px; background: var(--card); border-radius: 8px; }

body > header {
  display: flex; flex-wrap: wrap; gap: 12px 24px; align-items: center; justify-content: space-between;
  padding: 18px clamp(16px, 3vw, 40px); background: var(--card); border-bottom: 1px solid var(--line);
}
.brand { display: flex; gap: 14px; align-items: center; }
.logo {
  display: grid; place-items: center; flex: none; width: 42px; height: 42px; border-radius: 12px;
  background: var(--accent); color: var(--on-accent); font-weight: 700; font-size: 21px;
}
h1 { font-size: 19px; letter-spacing: -0.01em; }
h1 span { color: var(--quiet); font-weight: 500; }
.brand p { color: var(--quiet); font-size: 14px; }
.tools, form { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.button, input:not([type="hidden"]) {
  min-height: 34px; padding: 5px 12px; border: 1px solid var(--control-line); border-radius: 8px;
  background: var(--card); color: var(--ink); font: inherit; font-size: 14px; text-decoration: none;
}
.button { cursor: pointer; }
.button:hover { background: var(--accent-soft); border-color: var(--accent); }
input:not([type="hidden"]) { width: 150px; }
label { color: var(--quiet); font-size: 14px; }
.live { display: inline-flex; gap: 7px; align-items: center; margin-right: 6px; color: var(--quiet); font-size: 13px; }
.live[hidden] { display: none; }
.live::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: var(--warn); }
.live.on::before { background: var(--good); }

main {
  display: grid; grid-template-columns: minmax(0, 1fr) minmax(320px, 30%); gap: 28px;
  max-width: 1720px; margin: 0 auto; padding: 24px clamp(16px, 3vw, 40px) 60px;
}
.bar { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; justify-content: space-between; min-height: 36px; margin-bottom: 16px; }
h2 { font-size: 16px; }
.phones { display: grid; grid-template-columns: repeat(auto-fill, minmax(270px, 1fr)); gap: 22px; align-items: start; }
.nothing {
  grid-column: 1 / -1; display: grid; gap: 4px; justify-items: center; padding: 56px 24px; text-align: center;
  border: 1.5px dashed var(--line); border-radius: 16px; color: var(--quiet);
}
.nothing strong { color: var(--ink); font-weight: 600; }
.more { grid-column: 1 / -1; color: var(--quiet); text-align: center; }

.phone {
  overflow: hidden; border: 1px solid var(--line); border-radius: 26px; background: var(--card);
  box-shadow: var(--shadow); padding: 0 8px 8px;
}
.phone h3 { padding: 13px 14px 11px; font-size: 15px; font-weight: 650; font-variant-numeric: tabular-nums; }
.screen {
  display: grid; gap: 18px; max-height: 460px; overflow-y: auto; padding: 14px 12px 16px;
  border-radius: 18px; background: var(--sunken);
}
.thread { display: grid; gap: 8px; justify-items: start; }
.sender { display: flex; gap: 9px; align-items: center; font-size: 14px; }
.face {
  display: grid; place-items: center; width: 28px; height: 28px; border-radius: 50%; font-size: 13px; font-weight: 650;
  background: var(--accent-soft); color: var(--accent);
}
.text { max-width: 100%; }
.text p {
  width: fit-content; max-width: 100%; padding: 9px 13px; border-radius: 5px 17px 17px 17px;
  background: var(--bubble); white-space: pre-wrap; font-size: 14.5px;
}
.text footer { display: flex; flex-wrap: wrap; gap: 0 5px; padding: 4px 4px 0; color: var(--quiet); font-size: 12px; font-variant-numeric: tabular-nums; }
.text footer > :not(:last-child)::after { content: " ·"; }
.state { font-weight: 600; }
.delivered .state { color: var(--good); }
.waiting .state, .none .state { color: var(--warn); }
.undelivered .state, .expired .state, .rejected .state { color: var(--bad); }
.undelivered p, .expired p, .rejected p { background: var(--bad-soft); }

.mails { display: grid; gap: 10px; }
.mail { border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
.mail summary { display: grid; grid-template-columns: 1fr auto; gap: 1px 10px; padding: 11px 14px; cursor: pointer; list-style: none; border-radius: 12px; }
.mail summary::-webkit-details-marker { display: none; }
.mail summary:hover { background: var(--accent-soft); }
.mail[open] summary { border-bottom: 1px solid var(--line); border-radius: 12px 12px 0 0; }
.mail summary strong { grid-column: 1 / -1; font-weight: 600; }
.mail .to, .mail time { color: var(--quiet); font-size: 13px; }
.mail dl { display: grid; gap: 2px; padding: 11px 14px 0; font-size: 13px; }
.mail dl > div { display: flex; gap: 8px; }
.mail dt { flex: none; width: 76px; color: var(--quiet); }
.mail pre { max-height: 420px; overflow: auto; padding: 12px 14px 14px; white-space: pre-wrap; font: inherit; font-size: 14px; }

.jump { display: none; }
@media (max-width: 900px) {
  main { grid-template-columns: minmax(0, 1fr); }
  .jump { display: inline-block; }
}
@media (prefers-reduced-motion: no-preference) {
  .new { animation: arrive 0.35s ease-out; }
  @keyframes arrive { from { opacity: 0; transform: translateY(8px); } }
}
`;
