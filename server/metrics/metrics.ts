/** Figures for Prometheus, kept by this process: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export interface Metrics {
  /** Adds to a counter; its name ends with `_total`. Few different labels: each combination is a series. */
  count(name: string, help: string, labels?: Labels, by?: number): void;
  /** Notes a duration in seconds in a histogram; its name ends with `_seconds`. */
  observe(name: string, help: string, labels: Labels, seconds: number): void;
  /** A value that is read when it is asked for, e.g. how many messages wait. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** The exposition, text format 0.0.4. A gauge that cannot be read is left out. */
  text(): Promise<string>;
}

export type Labels = Readonly<Record<string, string | number>>;

const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

interface Histogram {
  counts: number[];
  sum: number;
  total: number;
}

export function createMetrics(): Metrics {
  const counters = new Map<string, { help: string; series: Map<string, number> }>();
  const histograms = new Map<string, { help: string; series: Map<string, Histogram> }>();
  const gauges = new Map<string, { help: string; read: () => number | Promise<number> }>();

  return {
    count(name, help, labels = {}, by = 1) {
      let counter = counters.get(name);
      if (counter === undefined) {
        counter = { help, series: new Map() };
        counters.set(name, counter);
      }
      const key = written(labels);
      counter.series.set(key, (counter.series.get(key) ?? 0) + by);
    },

    observe(name, help, labels, seconds) {
      let histogram = histograms.get(name);
      if (histogram === undefined) {
        histogram = { help, series: new Map() };
        histograms.set(name, histogram);
      }
      const key = written(labels);
      let series = histogram.series.get(key);
      if (series === undefined) {
        series = { counts: bounds.map(() => 0), sum: 0, total: 0 };
        histogram.series.set(key, series);
      }
      const bucket = bounds.findIndex((bound) => seconds <= bound);
      if (bucket >= 0) series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
      series.sum += seconds;
      series.total += 1;
    },

    gauge(name, help, read) {
      gauges.set(name, { help, read });
    },

    async text() {
      const lines: string[] = [];
      for (const [name, { help, series }] of counters) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`);
        for (const [labels, value] of series) lines.push(`${name}${braced(labels)} ${value}`);
      }
      for (const [name, { help, series }] of histograms) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} histogram`);
        for (const [labels, { counts, sum, total }] of series) {
          let below = 0;
          counts.forEach((count, at) => {
            below += count;
            lines.push(`${name}_bucket${braced(labels, `le="${bounds[at]}"`)} ${below}`);
          });
          lines.push(
            `${name}_bucket${braced(labels, 'le="+Inf"')} ${total}`,
            `${name}_sum${braced(labels)} ${sum}`,
            `${name}_count${braced(labels)} ${total}`,
          );
        }
      }
      for (const [name, { help, read }] of gauges) {
        try {
          const value = await read();
          lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`);
        } catch {
          // The other figures are worth more than an error page.
        }
      }
      return `${lines.join('\n')}\n`;
    },
  };
}

const written = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(',');

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function braced(labels: string, more?: string): string {
  const all = [labels, more].filter((part) => part !== undefined && part !== '').join(',');
  return all === '' ? '' : `{${all}}`;
}
