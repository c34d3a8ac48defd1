import { listedMetrics } from '#libs/observability';
import { readRepositoryFile, repositoryFiles } from '../repository';
import { readAlertTests, readRules, type AlertRule } from './alert-rules';
import { readPromql } from './promql-selectors';
import { knownSeries, unknownNames, type KnownSeries } from './unknown-names';

const { alerts, records } = readRules();
const tests = readAlertTests();
const SEVERITIES = ['page', 'ticket'];
const OWNERS = ['platform', 'leads'];

let known: KnownSeries;
beforeAll(async () => {
  known = await knownSeries(records);
});

const named = (rule: AlertRule): string => `${rule.alert} (${rule.labels.severity})`;

describe('the alerts', () => {
  it.each(alerts.map((rule) => [named(rule), rule] as const))(
    '%s says whom it wakes, what is the matter and where to read on',
    (_name, { alert, labels, annotations, for: lasts }) => {
      expect(alert).toMatch(/^Leadgen[A-Z][A-Za-z]+$/);
      expect(SEVERITIES).toContain(labels.severity);
      expect(OWNERS).toContain(labels.owner);
      expect(lasts).toMatch(/^\d+[smh]$/);
      expect(Object.keys(annotations).sort()).toEqual(['description', 'runbook_url', 'summary']);
      expect(annotations.summary?.replaceAll(/\{\{.*?\}\}/g, '')).toMatch(/^.{10,90}$/);
      expect(annotations.description).toMatch(/^.{30,}\.$/);
      expect(annotations.runbook_url).toBe(`docs/runbooks/${alert}.md`);
    },
  );

  it.each(alerts.map((rule) => [named(rule), rule] as const))(
    '%s has a test in which it fires and one in which it is silent',
    (_name, { alert, labels: { severity = '' } }) => {
      const its = tests.filter((test) => test.alert === alert);
      expect(its.some(({ firing }) => firing.includes(severity))).toBe(true);
      expect(its.some(({ firing }) => !firing.includes(severity))).toBe(true);
    },
  );

  it.each(alerts.map((rule) => [named(rule), rule] as const))(
    '%s fills its texts from labels that it has',
    (_name, { expr, annotations }) => {
      const { selectors, groupedBy } = readPromql(expr);
      const its = new Set([
        ...groupedBy,
        ...selectors.flatMap(({ metric }) => recordedLabels(metric)),
        'cell',
      ]);
      const used = [
        ...Object.values(annotations)
          .join(' ')
          .matchAll(/\$labels\.(\w+)/g),
      ];
      expect(used.map(([, label = '']) => label).filter((label) => !its.has(label))).toEqual([]);
    },
  );

  it('and recording rules name only metrics, labels and values that the catalogue has', () => {
    const wrong = [...alerts, ...records].flatMap((rule) => {
      const name = 'alert' in rule ? named(rule) : rule.record;
      return unknownNames(rule.expr, known).map((what) => `${name}: ${what}`);
    });
    expect(wrong).toEqual([]);
  });

  it('have a runbook each, and there is no runbook without an alert', () => {
    const files = repositoryFiles().filter((path) => /^docs\/runbooks\/Leadgen.*\.md$/.test(path));
    const names = [...new Set(alerts.map(({ alert }) => alert))].sort();
    expect(files.map((path) => path.slice('docs/runbooks/'.length, -'.md'.length)).sort()).toEqual(names);
    const index = readRepositoryFile('docs/runbooks/README.md');
    expect(names.filter((name) => !index.includes(`(${name}.md)`))).toEqual([]);
  });
});

/** By a recording rule, what it groups by; of other series nothing is left where an alert aggregates. */
function recordedLabels(metric: string): string[] {
  const record = records.find((rule) => rule.record === metric);
  return record ? readPromql(record.expr).groupedBy : [];
}

describe('a breach in a rule', () => {
  it.each([
    [
      'a metric that there is not',
      'leadgen_queue_age_seconds > 1',
      ['there is no metric leadgen_queue_age_seconds'],
    ],
    [
      'a series of a histogram without its suffix',
      'leadgen_job_wait_seconds',
      ['there is no metric leadgen_job_wait_seconds'],
    ],
    [
      'a label that the metric has not',
      'leadgen_workers{queue="enrich"}',
      ['leadgen_workers has no label queue'],
    ],
    [
      'a value that the label never has',
      'leadgen_jobs_total{outcome=~"failed|lost"}',
      ['outcome of leadgen_jobs_total is never lost'],
    ],
    [
      'an edge that the histogram has not',
      'leadgen_job_wait_seconds_bucket{le=~"7|7.0"}',
      [
        'le of leadgen_job_wait_seconds_bucket is never 7',
        'le of leadgen_job_wait_seconds_bucket is never 7.0',
      ],
    ],
    [
      'a label to group by that nothing has',
      'sum by (tenant) (leadgen_workers)',
      ['grouped by tenant, which none of the metrics has'],
    ],
    [
      'a record that no rule makes',
      'leadgen:runs_failed:ratio_rate7m > 1',
      ['there is no metric leadgen:runs_failed:ratio_rate7m'],
    ],
  ])('%s is found', (_what, expr, findings) => {
    expect(unknownNames(expr, known)).toEqual(findings);
  });

  it('that is no PromQL is found, with its place', () => {
    expect(() => unknownNames('sum by (queue) (leadgen_workers', known)).toThrow(
      /no PromQL from character 32/,
    );
    expect(() => unknownNames('', known)).toThrow(/no PromQL from character 1 /);
  });

  it('is what a renamed metric makes of the rules that use it', async () => {
    const renamed = listedMetrics().map((metric) =>
      metric.name === 'leadgen_calls_in_doubt' ? { ...metric, series: ['leadgen_doubts'] } : metric,
    );
    const without = await knownSeries(records, renamed);
    const wrong = alerts.filter(({ expr }) => unknownNames(expr, without).length > 0);
    expect(wrong.map(({ alert }) => alert)).toEqual(['LeadgenCallsInDoubt']);
  });
});
