import { describe, expect, test } from 'vitest';
import { BadOption, hasDisplay, readOptions } from './options.ts';

describe('npm start takes few options, and says which', () => {
  test('none: the whole demo on its usual ports', () => {
    expect(readOptions([], true)).toMatchObject({
      port: 8787,
      listPort: 8790,
      headless: false,
      browser: 'chromium',
    });
  });

  test('without a display it performs the demo by itself', () => {
    expect(readOptions([], false).headless).toBe(true);
    expect(readOptions(['--headless'], true).headless).toBe(true);
  });

  test.each([
    [['--port', 'x']],
    [['--port', '70000']],
    [['--port', '-1']],
    [['--browser', 'opera']],
    [['--prot', '1']],
    [['extra']],
  ])('%j is refused in words', (args) => {
    expect(() => readOptions(args, true)).toThrow(BadOption);
  });

  test('a display is X, Wayland, macOS or Windows', () => {
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({}, 'darwin')).toBe(true);
  });
});
