/** How our marks look: calm, small, one accent. `!important` on the host alone, where the page could otherwise reach. */
export const css = `
:host {
  all: initial !important;
  position: fixed !important; inset: 0 !important; display: block !important;
  width: auto !important; height: auto !important; margin: 0 !important; padding: 0 !important;
  z-index: 2147483647 !important; pointer-events: none !important;
  opacity: 1 !important; visibility: visible !important; transform: none !important; filter: none !important; clip-path: none !important;
  color-scheme: light dark !important;
}
@media print { :host { display: none !important; } }
.all {
  --accent: #4f46e5; --accent-strong: #4338ca; --on-accent: #fff; --card: #fff; --ink: #1b1f27; --quiet: #5a6272;
  --line: #c9cfda; --hover: #eef0ff; --good: #14703f; --bad: #b3201f;
  --shadow: 0 1px 2px rgb(20 24 40 / 14%), 0 4px 14px rgb(20 24 40 / 14%);
  font: 500 13px/1.3 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; color: var(--ink);
  letter-spacing: normal; text-align: start;
}
@media (prefers-color-scheme: dark) {
  .all {
    --accent: #a5b4fc; --accent-strong: #c7d2fe; --on-accent: #1a1b3a; --card: #1e2128; --ink: #e8eaef; --quiet: #a4acbb;
    --line: #4a5262; --hover: #2b2f52; --good: #7fd8a4; --bad: #ffa19b;
    --shadow: 0 1px 2px rgb(0 0 0 / 50%), 0 4px 16px rgb(0 0 0 / 50%);
  }
}
.all * { box-sizing: border-box; }
.all [hidden] { display: none !important; }
.at { position: fixed; left: 0; top: 0; pointer-events: auto; }
svg { width: 14px; height: 14px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
button { all: unset; box-sizing: border-box; cursor: pointer; user-select: none; }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

.number, .bar { z-index: 1; }
.number {
  display: inline-flex; align-items: center; gap: 5px; height: 24px; padding: 0 9px 0 7px; border-radius: 12px; white-space: nowrap;
  font-size: 12px; font-weight: 600; background: var(--accent); color: var(--on-accent); box-shadow: var(--shadow);
}
.number:hover, .number:focus-visible { background: var(--accent-strong); }

.field {
  display: inline-grid; place-items: center; width: 24px; height: 24px; border-radius: 6px; color: var(--accent);
  background: var(--card); border: 1px solid var(--line);
}
.field:hover, .field:focus-visible { background: var(--hover); border-color: var(--accent); }

.box {
  display: inline-grid; place-items: center; width: 18px; height: 18px; border-radius: 5px; background: var(--card);
  border: 1.5px solid var(--quiet); color: transparent; box-shadow: 0 0 0 2px var(--card);
}
.box::after { content: ''; position: absolute; inset: -4px; }
.box svg { width: 12px; height: 12px; stroke-width: 2.4; }
.box:hover { border-color: var(--accent); }
.box[aria-checked=true] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }

.state { display: inline-grid; place-items: center; width: 18px; height: 18px; border-radius: 9px; background: var(--card); color: var(--quiet); box-shadow: 0 0 0 1px var(--line); }
.state svg { width: 12px; height: 12px; }
.state.good { color: var(--good); }
.state.bad { color: var(--bad); }

.bar {
  display: flex; align-items: center; gap: 12px; max-width: min(92vw, 620px); padding: 6px 6px 6px 14px; border-radius: 14px;
  background: var(--card); border: 1px solid var(--line); box-shadow: var(--shadow);
}
.bar .count { display: flex; flex-direction: column; min-width: 0; }
.bar .count strong { font-weight: 650; white-space: nowrap; }
.bar .more { font-size: 12px; font-weight: 400; color: var(--quiet); }
.bar .send {
  display: inline-flex; align-items: center; gap: 7px; height: 34px; padding: 0 14px; border-radius: 9px; white-space: nowrap;
  font-weight: 600; background: var(--accent); color: var(--on-accent);
}
.bar .send:hover { background: var(--accent-strong); }
.bar .quiet {
  display: inline-flex; align-items: center; height: 34px; padding: 0 10px; border-radius: 9px; white-space: nowrap; color: var(--accent); font-weight: 600;
}
.bar .quiet:hover { background: var(--hover); }
.bar .people svg { width: 18px; height: 18px; }
.panel {
  z-index: 1; width: 340px; overflow: auto; padding: 6px 6px 8px; border-radius: 14px; background: var(--card); border: 1px solid var(--line);
  box-shadow: var(--shadow);
}
.panel h2 { all: unset; display: block; padding: 8px 10px 2px; font-size: 12px; font-weight: 600; color: var(--quiet); }
.panel ul { all: unset; display: block; }
.panel li { display: flex; align-items: center; gap: 8px; min-height: 32px; padding-left: 10px; border-radius: 8px; }
.panel li:hover { background: var(--hover); }
.panel .name { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.panel p { margin: 6px 10px; }
.panel .more { font-size: 12px; font-weight: 400; color: var(--quiet); white-space: nowrap; }
.panel .clear { display: inline-grid; place-items: center; width: 30px; height: 30px; border-radius: 8px; color: var(--quiet); }
.panel .clear:hover { color: var(--ink); }
.bar .send svg { width: 16px; height: 16px; }
.bar .clear { display: inline-grid; place-items: center; width: 30px; height: 30px; border-radius: 8px; color: var(--quiet); }
.bar .clear:hover { background: var(--hover); color: var(--ink); }
.pick { pointer-events: none; border: 2px solid var(--accent); border-radius: 4px; background: color-mix(in srgb, var(--accent) 14%, transparent); }
.hint .clear { width: auto; padding: 0 10px; }
.problem { font-size: 12px; color: var(--bad); }
@media (prefers-reduced-motion: no-preference) {
  .number, .bar { animation: come 120ms ease-out; }
  @keyframes come { from { opacity: 0; } }
}
@media (forced-colors: active) { .number, .bar .send, .bar, .panel, .box, .field, .state { border: 1px solid ButtonText; } }
`;
