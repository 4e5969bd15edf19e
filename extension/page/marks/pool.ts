/** Marks of one kind, reused: scrolling past a thousand rows makes no more elements than a screen holds. */
export interface Pool<E extends HTMLElement> {
  /** The next free element, shown. */
  take(): E;
  /** Begins a new drawing: everything is free again. */
  begin(): void;
  /** Ends it: what was not taken is hidden. */
  end(): void;
  used(): readonly E[];
}

export function createPool<E extends HTMLElement>(layer: HTMLElement, build: () => E): Pool<E> {
  const elements: E[] = [];
  let taken = 0;
  return {
    begin: () => {
      taken = 0;
    },
    take() {
      let element = elements[taken];
      if (!element) {
        element = build();
        layer.append(element);
        elements.push(element);
      }
      taken += 1;
      element.hidden = false;
      return element;
    },
    end() {
      for (let at = taken; at < elements.length; at += 1) {
        const element = elements[at];
        if (element && !element.hidden) element.hidden = true;
      }
    },
    used: () => elements.slice(0, taken),
  };
}
