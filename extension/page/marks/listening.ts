interface ListeningOptions {
  /** Ours: what happens in it is no act on the page. */
  host: Element;
  refresh(what?: 'ticks' | 'moved'): void;
  onPointer(event: Event): void;
  onMove(event: PointerEvent): void;
  onFocus(event: Event): void;
  signal: AbortSignal;
}

/** Delegated listeners of a tree of the page; passive, and gone with the signal. */
export function createListening(options: ListeningOptions): (root: Document | ShadowRoot) => void {
  const { host, refresh, onPointer, onFocus, signal } = options;

  /** The page may tick in answer to a click, now or after it has asked its server. */
  let settling: ReturnType<typeof setTimeout> | null = null;
  function onAct(): void {
    refresh('ticks');
    if (settling !== null) clearTimeout(settling);
    settling = setTimeout(() => {
      settling = null;
      refresh('ticks');
    }, 250);
  }

  signal.addEventListener('abort', () => {
    if (settling !== null) clearTimeout(settling);
  });

  return (root: Document | ShadowRoot): void => {
    const passive = { capture: true, passive: true, signal };
    const own = (act: (event: Event) => void) => (event: Event) => {
      if (event.target !== host) act(event);
    };
    if (root.nodeType === 9) {
      root.addEventListener('pointerover', onPointer, passive);
      root.addEventListener('pointermove', (event) => options.onMove(event as PointerEvent), passive);
      root.addEventListener('focusin', onFocus, passive);
      root.addEventListener('scroll', () => refresh('moved'), passive);
      root.addEventListener('click', own(onAct), passive);
      root.addEventListener('keyup', own(onAct), passive);
      (root as Document).defaultView?.addEventListener('resize', () => refresh(), {
        passive: true,
        signal,
      });
    }
    root.addEventListener('change', own(onAct), passive);
    root.addEventListener('input', () => refresh(), passive);
  };
}
