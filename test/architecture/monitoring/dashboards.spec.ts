import { listedMetrics } from '#libs/observability';
import { readRules } from './alert-rules';
import { DASHBOARDS, dashboardLines, readDashboards } from './dashboards';
import { readPromql } from './promql-selectors';
import { knownSeries, unknownNames, type KnownSeries } from './unknown-names';

const { alerts, records } = readRules();
const lines = dashboardLines();
let known: KnownSeries;

beforeAll(async () => {
  known = await knownSeries(records);
});

describe('the dashboards', () => {
  it('are these, and no two panels of one have the same number', () => {
    const dashboards = readDashboards();
    expect(dashboards.map(({ name }) => name).sort()).toEqual(DASHBOARDS);
    expect(new Set(dashboards.map(({ uid }) => uid)).size).toBe(DASHBOARDS.length);
    for (const { panels } of dashboards) {
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      expect(panels.filter(({ type, targets = [] }) => type !== 'row' && targets.length === 0)).toEqual([]);
    }
  });

  it('ask for nothing that the catalogue has not', () => {
    const wrong = lines.flatMap(({ dashboard, panel, expr }) =>
      unknownNames(expr, known).map((what) => `${dashboard}, ${panel}: ${what}`),
    );
    expect(wrong).toEqual([]);
  });

  it('name lines by labels that are left of the series', () => {
    const wrong = lines.flatMap(({ dashboard, panel, legend, expr }) => {
      const { groupedBy } = readPromql(expr);
      return [...legend.matchAll(/\{\{(\w+)\}\}/g)]
        .map(([, label = '']) => label)
        .filter((label) => !groupedBy.includes(label) && !expr.startsWith('leadgen:'))
        .map((label) => `${dashboard}, ${panel}: ${label}`);
    });
    expect(wrong).toEqual([]);
  });

  it('together with the alerts use every metric there is', () => {
    const asked = new Set(
      [...lines, ...alerts, ...records].flatMap(({ expr }) =>
        readPromql(expr).selectors.map(({ metric }) => metric),
      ),
    );
    const unused = listedMetrics().filter(({ series }) => !series.some((name) => asked.has(name)));
    expect(unused.map(({ name }) => name)).toEqual([]);
  });
});
