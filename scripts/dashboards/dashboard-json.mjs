/** Grafana's grid is 24 wide. */
const WIDTH = 24;
const HEIGHTS = { stat: 4, timeseries: 8, table: 8, bargauge: 8 };
const SOURCE = { type: 'prometheus', uid: '${source}' };

/** The model of a dashboard as Grafana 10 and later reads it, from `{ uid, title, rows: { [title]: panels } }`. */
export function dashboardJson({ uid, title, rows }) {
  const panels = [];
  let y = 0;
  for (const [row, its] of Object.entries(rows)) {
    panels.push({
      type: 'row',
      id: panels.length + 1,
      title: row,
      collapsed: false,
      gridPos: { x: 0, y, w: WIDTH, h: 1 },
    });
    y += 1;
    const w = WIDTH / its.length;
    const h = Math.max(...its.map(({ kind }) => HEIGHTS[kind]));
    for (const [i, panel] of its.entries()) {
      panels.push({ id: panels.length + 1, ...panelJson(panel), gridPos: { x: i * w, y, w, h } });
    }
    y += h;
  }
  return {
    uid,
    title,
    description: 'Written by scripts/generate-dashboards.mjs from scripts/dashboards.',
    tags: ['leadgen'],
    schemaVersion: 39,
    editable: false,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'utc',
    templating: { list: [sourceVariable(), cellVariable()] },
    links: [
      {
        type: 'dashboards',
        title: 'Leadgen',
        tags: ['leadgen'],
        asDropdown: true,
        keepTime: true,
        includeVars: true,
      },
    ],
    panels,
  };
}

function panelJson({ kind, title, unit, lines, note, max, thresholds, stack }) {
  return {
    type: kind,
    title,
    ...(note && { description: note }),
    datasource: SOURCE,
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        ...(max !== undefined && { max }),
        ...(thresholds && { color: { mode: 'thresholds' }, thresholds: steps(thresholds) }),
        ...(kind === 'timeseries' && stack && { custom: { stacking: { mode: 'normal' }, fillOpacity: 30 } }),
      },
      overrides: [],
    },
    options: optionsOf(kind),
    targets: Object.entries(lines).map(([legend, expr], i) => ({
      refId: String.fromCharCode(65 + i),
      datasource: SOURCE,
      expr: expr.replaceAll('{cell}', 'cell=~"$cell"').replaceAll('{window}', '$__rate_interval'),
      legendFormat: legend,
      ...(kind !== 'timeseries' && { instant: true }),
      ...(kind === 'table' && { format: 'table' }),
    })),
  };
}

function optionsOf(kind) {
  if (kind === 'timeseries')
    return { tooltip: { mode: 'multi', sort: 'desc' }, legend: { displayMode: 'list' } };
  if (kind === 'table') return { showHeader: true };
  return { reduceOptions: { calcs: ['lastNotNull'] }, orientation: 'auto', displayMode: 'basic' };
}

function steps([warn, bad]) {
  return {
    mode: 'absolute',
    steps: [
      { color: 'green', value: null },
      { color: 'yellow', value: warn },
      { color: 'red', value: bad },
    ],
  };
}

function sourceVariable() {
  return {
    name: 'source',
    label: 'Prometheus',
    type: 'datasource',
    query: 'prometheus',
    current: {},
    hide: 0,
  };
}

/** All cells unless one is chosen; where the scrape names none, all of them means those without the label, too. */
function cellVariable() {
  return {
    name: 'cell',
    label: 'Cell',
    type: 'query',
    datasource: SOURCE,
    query: { query: 'label_values(leadgen_build_info, cell)', refId: 'cells' },
    refresh: 2,
    includeAll: true,
    allValue: '.*',
    multi: true,
    current: { text: 'All', value: '$__all' },
  };
}
