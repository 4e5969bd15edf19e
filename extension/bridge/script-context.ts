import { browser } from 'wxt/browser';

/**
 * What a script in a page is told when it starts: that it is to end. Stands in for WXT's class of this name, which brings
 * timers and a watch over the page's address to every page (`wxt.config.ts`).
 */
export class ContentScriptContext {
  /** Aborts when the same script comes into the page once more: after an update, or when it is put in on request. */
  readonly signal: AbortSignal;

  constructor(script: string) {
    const started = `${browser.runtime.id}:${script}:started`;
    const ending = new AbortController();
    this.signal = ending.signal;
    // Those that came before hear of it; this one listens from now on.
    document.dispatchEvent(new Event(started));
    document.addEventListener(started, () => ending.abort(), { signal: this.signal });
  }
}
