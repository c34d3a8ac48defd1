import type { SpawnedApp } from './spawn-app';

/** One sample of an exposition. */
export interface ScrapedSample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** What a process exposed at one moment. */
export interface Scraped {
  text: string;
  /** By name: the type that was declared. */
  types: ReadonlyMap<string, string>;
  samples: readonly ScrapedSample[];
  /** The sum of the samples of that name whose labels are among these; 0 for none. */
  sum(name: string, labels?: Readonly<Record<string, string>>): number;
  /** Whether there is any sample of that name. */
  has(name: string): boolean;
}

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/g;

/** Asks a process that was started with `LEADGEN_METRICS_PORT` for its metrics. */
export async function scrape(app: SpawnedApp): Promise<Scraped> {
  const response = await fetch(`${String(app.ready.metricsUrl)}/metrics`);
  if (!response.ok) throw new Error(`${app.name} answered ${response.status}: ${await response.text()}`);
  return parseExposition(await response.text());
}

/** Of several processes together: sums are the cell's. */
export async function scrapeAll(apps: readonly SpawnedApp[]): Promise<Scraped> {
  const texts = await Promise.all(apps.map((app) => scrape(app)));
  const samples = texts.flatMap((scraped) => scraped.samples);
  return {
    ...texts[0],
    text: texts.map(({ text }) => text).join('\n'),
    types: new Map(),
    samples,
    ...questions(samples),
  };
}

/** Throws an `Error` that names the line for what Prometheus would refuse. */
export function parseExposition(text: string): Scraped {
  const types = new Map<string, string>();
  const helped = new Set<string>();
  const seen = new Set<string>();
  const samples: ScrapedSample[] = [];
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, what, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? [];
    if (what === 'HELP') {
      if (helped.has(name) || rest === '') throw new Error(`a second help, or none: ${line}`);
      helped.add(name);
    } else if (what === 'TYPE') {
      if (types.has(name)) throw new Error(`a second type: ${line}`);
      types.set(name, rest);
    } else {
      const sample = sampleOf(line);
      const series = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).sort())}`;
      if (seen.has(series)) throw new Error(`a second sample: ${line}`);
      seen.add(series);
      if (!types.has(sample.name) && !types.has(sample.name.replace(/_(bucket|sum|count)$/, ''))) {
        throw new Error(`without a type: ${line}`);
      }
      samples.push(sample);
    }
  }
  return { text, types, samples, ...questions(samples) };
}

function sampleOf(line: string): ScrapedSample {
  const [, name, inner = '', text = ''] = SAMPLE.exec(line) ?? [];
  const value = { '+Inf': Infinity, '-Inf': -Infinity }[text] ?? Number(text);
  if (name === undefined || Number.isNaN(value)) throw new Error(`no sample: ${line}`);
  const labels: Record<string, string> = {};
  const left = inner.replace(LABEL, (_, label: string, of: string) => {
    labels[label] = of;
    return '';
  });
  if (left !== '') throw new Error(`no labels: ${line}`);
  return { name, labels, value };
}

function questions(samples: readonly ScrapedSample[]): Pick<Scraped, 'sum' | 'has'> {
  return {
    sum: (name, labels = {}) =>
      samples
        .filter((sample) => sample.name === name)
        .filter((sample) => Object.entries(labels).every(([label, of]) => sample.labels[label] === of))
        .reduce((sum, { value }) => sum + value, 0),
    has: (name) => samples.some((sample) => sample.name === name),
  };
}
