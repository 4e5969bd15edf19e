import {
  configureSync,
  getConsoleSink,
  getJsonLinesFormatter,
  getLogger,
  getTextFormatter,
} from '@logtape/logtape';
import { masked } from './masking.ts';
import type { Log } from './platform.ts';

/** One line an event on standard output, as JSON or for people; every fact is masked on its way. */
export function createLog(format: 'json' | 'text', level: 'debug' | 'info' | 'warning' | 'error'): Log {
  configureSync({
    reset: true,
    sinks: {
      console: getConsoleSink({
        formatter: format === 'json' ? getJsonLinesFormatter() : getTextFormatter(),
      }),
    },
    loggers: [
      { category: ['logtape', 'meta'], lowestLevel: 'warning', sinks: ['console'] },
      { category: ['nadpis'], lowestLevel: level, sinks: ['console'] },
    ],
  });
  const logger = getLogger(['nadpis']);
  // The event is a plain text: a brace in it is not a placeholder.
  const write =
    (to: 'info' | 'warn' | 'error') =>
    (event: string, facts: Record<string, unknown> = {}): void => {
      const properties = masked(facts) as Record<string, unknown>;
      const words = Object.entries(properties).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      const message = format === 'text' ? [event, ...words].join(' ') : event;
      logger[to](String(masked(message)).replaceAll('{', '{{').replaceAll('}', '}}'), properties);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
