import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLog } from './log.ts';

afterEach(() => vi.restoreAllMocks());

/** What is printed by `write`, as text. */
function printed(format: 'json' | 'text', write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  for (const method of ['debug', 'info', 'warn', 'error', 'log'] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      lines.push(parts.map(String).join(' '));
    });
  }
  write(createLog(format, 'info'));
  return lines.join('\n');
}

describe.each(['json', 'text'] as const)('the log as %s', (format) => {
  it('shows an event and its facts, with no whole number or address', () => {
    const text = printed(format, (log) =>
      log.warn('send to 600 100 200 failed', {
        to: '+48600100200',
        by: 'jan@firma.example',
        batch: 'bat_01',
      }),
    );
    expect(text).toContain('failed');
    expect(text).toContain('bat_01');
    expect(text).not.toMatch(/600100200|600 100 200|jan@firma/);
  });

  it('takes braces in an event as they are, and facts that are hostile', () => {
    const circle: Record<string, unknown> = { text: 'a\nb {to}' };
    circle.self = circle;
    const text = printed(format, (log) => log.error('{to} and {{x}}', { to: 'x', circle }));
    expect(text).toContain('{to} and {{x}}');
  });

  it('keeps one event on one line', () => {
    const text = printed(format, (log) =>
      log.info('event', { forged: 'x\n2026-01-01 [ERR] nadpis: forged' }),
    );
    expect(text.trim().split('\n')).toHaveLength(1);
  });
});
