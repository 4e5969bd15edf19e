/**
 * Keeps what happens in our marks from the page, and what the page fakes from us. Events are caught at the window on
 * their way down, where they carry our host as their target, and go no further: the page's shortcuts, focus traps
 * and "clicked outside" never see them.
 */

const kept = (
  'keydown keyup keypress focus blur focusin focusout pointerdown pointerup mousedown mouseup click dblclick auxclick contextmenu ' +
  'touchstart touchend pointermove mousemove wheel'
).split(' ');
/** The page may have these: they change nothing in it, and scrolling over a mark should scroll the page. */
const passing = new Set(['wheel', 'pointermove', 'mousemove']);

export interface Handlers {
  /** A real click (or Enter, Space) on one of our controls. */
  onClick(control: HTMLElement): void;
  onEscape(): void;
  onFocus(): void;
  onBlur(): void;
}

export function shield(host: HTMLElement, shadow: ShadowRoot, handlers: Handlers, signal: AbortSignal): void {
  const view = host.ownerDocument.defaultView;
  if (!view) return;
  const hear = (event: Event): void => {
    if (event.target !== host || passing.has(event.type)) return;
    event.stopImmediatePropagation();
    // The page's field keeps its focus, and its editor stays open, while a mark is clicked.
    if (event.type === 'mousedown' || event.type === 'contextmenu') event.preventDefault();
    if (event.type === 'focusin') handlers.onFocus();
    if (event.type === 'focusout') handlers.onBlur();
    // When the key comes up: the focus then goes back to the page, which is to see nothing of the key.
    if (event.type === 'keyup' && event.isTrusted && (event as KeyboardEvent).key === 'Escape')
      handlers.onEscape();
    if (event.type === 'click' && event.isTrusted) {
      const control = controlOf(shadow, event as MouseEvent);
      if (control) handlers.onClick(control);
    }
  };
  for (const type of kept) view.addEventListener(type, hear, { capture: true, signal });
}

/** A click by keyboard has no place: it is the focused control's. */
function controlOf(shadow: ShadowRoot, event: MouseEvent): HTMLElement | null {
  const byKey = event.detail === 0;
  const hit = byKey ? shadow.activeElement : shadow.elementFromPoint(event.clientX, event.clientY);
  return (hit?.closest('button') as HTMLElement | null) ?? null;
}
