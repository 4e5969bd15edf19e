import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { formatNumber, formatShortDay } from '../locales/texts.ts';

/** One line of a chart. Its colour is the text colour of `.series-<name>`, so that it follows the theme. */
export interface Series {
  name: 'sent' | 'delivered' | 'failed' | 'parts';
  label: string;
  values: number[];
}

const height = 220;

/**
 * Figures by day. It is a picture: what it shows stands in a table beside it for those who cannot see it, or want the
 * numbers.
 * @param days the first millisecond of each, in order
 */
export function Chart({ title, days, series }: { title: string; days: number[]; series: Series[] }) {
  const place = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const [at, colours] = [place.current, legend.current];
    if (at === null || colours === null) return;
    let chart = draw(at, colours, days, series);
    // Colours are painted: a theme that changes has to be painted anew.
    const theme = matchMedia('(prefers-color-scheme: dark)');
    const again = (): void => {
      chart.destroy();
      chart = draw(at, colours, days, series);
    };
    theme.addEventListener('change', again);
    const watch = new ResizeObserver(() => chart.setSize({ width: at.clientWidth, height }));
    watch.observe(at);
    return () => {
      watch.disconnect();
      theme.removeEventListener('change', again);
      chart.destroy();
    };
  }, [days, series]);
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <ul ref={legend} class="legend">
        {series.map(({ name, label }) => (
          <li key={name} class={`series-${name}`}>
            <span class="series-label">{label}</span>
          </li>
        ))}
      </ul>
      <div ref={place} aria-hidden="true" />
    </figure>
  );
}

function draw(at: HTMLElement, legend: HTMLElement, days: number[], series: Series[]): uPlot {
  const colourOf = (selector: string): string => {
    const found = legend.querySelector(selector) ?? legend;
    return getComputedStyle(found).color;
  };
  const [ink, line] = [getComputedStyle(at).color, getComputedStyle(at).borderTopColor];
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  const options: uPlot.Options = {
    width: at.clientWidth,
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    // A day's figure stands over its day, whatever the browser's own time zone is.
    tzDate: (second) => uPlot.tzDate(new Date(second * 1000), 'Europe/Warsaw'),
    scales: { y: { range: (_chart, _low, high) => [0, Math.max(1, Math.ceil(high * 1.1))] } },
    axes: [
      {
        ...axis,
        size: 34,
        values: (_chart, seconds) => seconds.map((second) => formatShortDay(second * 1000)),
      },
      { ...axis, size: 60, values: (_chart, values) => values.map((value) => whole(value)) },
    ],
    series: [
      {},
      ...series.map(({ name, label }) => ({
        label,
        stroke: colourOf(`.series-${name}`),
        width: 2,
        points: { show: days.length < 40, size: 5 },
      })),
    ],
  };
  return new uPlot(options, [days.map((day) => day / 1000), ...series.map(({ values }) => values)], at);
}

/** There is no half message. */
const whole = (value: number): string => (Number.isInteger(value) ? formatNumber(value) : '');
