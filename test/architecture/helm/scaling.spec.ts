import { HANDOVER_QUEUE, SCHEDULE_QUEUE, STAGES, WEBHOOK_QUEUE, laneQueue } from '#libs/contracts';
import { listedMetrics } from '#libs/observability';
import { readRules } from '../monitoring/alert-rules';
import { readPromql } from '../monitoring/promql-selectors';
import { knownSeries, unknownNames } from '../monitoring/unknown-names';
import { objectsIn, programs, render, valuesFile } from './chart';

/** As the leader tells them: of stages, what goes with them, lanes, lanes of tenants' own keys, and those of the simulator. */
const VENDORS = ['web', 'apollo', 'zerobounce'];
const LANES = VENDORS.flatMap((id) => [id, `sim-${id}`].flatMap((cap) => [cap, `${cap}.own`])).map(laneQueue);
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  normalize: [STAGES.normalize.queue, HANDOVER_QUEUE, SCHEDULE_QUEUE.queue],
  enrich: [STAGES.enrich.queue],
  export: [STAGES.export.queue, WEBHOOK_QUEUE.queue],
};
const ALL = [...Object.values(OWNERS).flat(), ...LANES];

/** What each ScaledObject asks Prometheus, by the name of what it scales. */
function queries(set: string): Map<string, string> {
  return new Map(
    objectsIn(render(4, '--values', valuesFile(set)))
      .filter(({ kind }) => kind === 'ScaledObject')
      .map(({ metadata, spec }) => [
        metadata.name.replace(/^(leads|r-leadgen)-/, ''),
        spec?.triggers?.[0]?.metadata.query ?? '',
      ]),
  );
}

/** The queues that a query counts, as Prometheus matches: the whole of the value. */
function counted(query: string): string[] {
  const matchers = [...query.matchAll(/queue(=~|!~)"((?:[^"\\]|\\.)*)"/g)].map(([, operator, literal]) => ({
    wanted: operator === '=~',
    pattern: new RegExp(`^(?:${(literal ?? '').replaceAll('\\\\', '\\')})$`),
  }));
  expect(matchers.length).toBeGreaterThan(0);
  return ALL.filter((queue) => matchers.every(({ wanted, pattern }) => pattern.test(queue) === wanted));
}

describe('what workers are scaled by', () => {
  beforeAll(programs);

  it.each(['scaled', 'everything'])(
    'with the values %s is PromQL about series that there are',
    async (set) => {
      const known = await knownSeries(readRules().records);
      const asked = [...queries(set)];
      expect(asked.length).toBeGreaterThanOrEqual(3);
      for (const [, query] of asked) {
        expect(readPromql(query).selectors).toHaveLength(1);
        // Whatever `keda.matchers` adds is the cluster's own.
        expect(unknownNames(query.replace(',namespace="leads"', ''), known)).toEqual([]);
      }
    },
  );

  it('would be noticed if its metric were renamed', async () => {
    const renamed = listedMetrics().map((metric) =>
      metric.name === 'leadgen_queue_runnable_jobs'
        ? { ...metric, series: ['leadgen_jobs_runnable'] }
        : metric,
    );
    const known = await knownSeries([], renamed);
    for (const [, query] of queries('scaled'))
      expect(unknownNames(query, known)).toContain('there is no metric leadgen_queue_runnable_jobs');
  });

  it('is each queue, and none twice', () => {
    const plain = queries('scaled');
    expect(counted(plain.get('normalize') ?? '')).toEqual(OWNERS.normalize);
    expect(counted(plain.get('enrich') ?? '')).toEqual([...(OWNERS.enrich ?? []), ...LANES]);
    expect(counted(plain.get('export') ?? '')).toEqual(OWNERS.export);

    const split = queries('everything');
    expect([...split.values()].flatMap(counted).toSorted()).toEqual(ALL.toSorted());
    const ofLane = (vendor: string): string[] => LANES.filter((lane) => lane.includes(vendor));
    expect(counted(split.get('enrich-web') ?? '')).toEqual(ofLane('web'));
    expect(counted(split.get('enrich-zerobounce') ?? '')).toEqual(ofLane('zerobounce'));
  });
});
