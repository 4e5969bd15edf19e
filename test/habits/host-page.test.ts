import { describe, expect, test } from 'vitest';
import { codeOnly, hits, sources } from './sources.ts';

/** Every way to change a page that is worth forbidding by name. */
const writes = new RegExp(
  [
    String.raw`\.(appendChild|insertBefore|replaceChild|removeChild|replaceWith|replaceChildren|prepend|append|insertAdjacent\w+)\(`,
    String.raw`\.(before|after|remove)\(`,
    String.raw`\.(setAttribute|removeAttribute|toggleAttribute|setAttributeNS|setHTML\w*|attachShadow)\(`,
    String.raw`\.classList\.(add|remove|toggle|replace)\(`,
    String.raw`\.style\.\w+\s*=[^=]|\.style\.(setProperty|removeProperty)\(|\.(className|textContent|innerText|nodeValue|data|hidden|checked|value|id|href|title)\s*=[^=]`,
    String.raw`\.dataset\.\w+\s*=[^=]|\bdocument\.(write|createElement|execCommand)\(`,
    String.raw`\.(adoptedStyleSheets)\b|\bsplitText\(|\bsurroundContents\(`,
  ].join('|'),
);

const markup =
  /\b(innerHTML|outerHTML)\s*\+?=[^=]|\binsertAdjacentHTML\b|\bdangerouslySetInnerHTML\b|\bdocument\.write(ln)?\(|\bcreateContextualFragment\b|\bsetHTMLUnsafe\b/;

describe('the page belongs to its host', () => {
  test('only extension/page/marks writes to it', () => {
    const readers = sources(['extension/page'], /\.tsx?$/).filter(
      ({ path }) => !path.startsWith('extension/page/marks/') && !/\.test\.tsx?$/.test(path),
    );
    expect(readers.length).toBeGreaterThan(0);
    expect(readers.flatMap((source) => hits(source, writes))).toEqual([]);
  });

  test('and nobody ever makes elements out of strings', () => {
    const all = sources(['extension', 'server', 'shared', 'demo', 'scripts'], /\.(tsx?|mjs)$/);
    expect(all.length).toBeGreaterThan(50);
    expect(all.flatMap((source) => hits(source, markup))).toEqual([]);
  });
});

describe('the check bites', () => {
  test.each([
    'cell.appendChild(button);',
    "row.setAttribute('data-nadpis', '1');",
    "row.classList.add('nadpis');",
    "input.value = '600100200';",
    "cell.textContent = '';",
    "cell.style.color = 'red';",
    "row.dataset.nadpis = '1';",
    'node.remove();',
    "document.createElement('b');",
    'cell.append(mark)',
  ])('%s', (line) => {
    expect(hits({ path: 'probe.ts', text: line }, writes)).toHaveLength(1);
  });

  test.each([
    "const text = cell.textContent ?? '';",
    'if (input.value === shown) return;',
    'kept.delete(row);',
  ])('and leaves alone: %s', (line) => {
    expect(hits({ path: 'probe.ts', text: line }, writes)).toEqual([]);
  });

  test.each(['box.innerHTML = text', 'box.outerHTML += text', 'box.insertAdjacentHTML(place, text)'])(
    '%s',
    (line) => {
      expect(hits({ path: 'probe.ts', text: line }, markup)).toHaveLength(1);
    },
  );

  test('comments and strings are no code', () => {
    expect(codeOnly("a(); // b.remove()\n/* c.remove() */ d('e.remove()')").includes('remove')).toBe(false);
    expect(codeOnly("const url = 'http://x'; y.remove();")).toContain('y.remove()');
  });
});
