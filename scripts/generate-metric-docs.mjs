// Writes docs/metrics.md from the metric catalogue.
import { built } from './generated/built.mjs';
import { publishGenerated, table } from './generated/publish-generated.mjs';

const { METRICS, METRIC_PREFIX, runtimeMetricNames } = built('libs/observability/src/index');

const GROUPS = [
  [
    'Every process',
    'Each tells of itself.',
    ({ exposedBy }) => exposedBy.includes('api') && exposedBy.length === 4,
  ],
  [
    'The process that did it',
    'Counted where it happens: the cell’s figure is the sum over the processes, and a process that restarts begins at 0, which `rate` and `increase` know.',
    ({ exposedBy }) => !exposedBy.includes('leader') && exposedBy.length < 4,
  ],
  [
    'The leader',
    'What Redis knows of the cell, told by one process: the normalize worker that holds the reconciler’s lease, and only while it does. In every other process these series are absent, not 0.',
    ({ exposedBy }) => exposedBy.includes('leader'),
  ],
];

const code = (text) => `\`${text}\``;

function labels(metric) {
  return Object.entries(metric.labels)
    .map(([label, values]) => `${code(label)}: ${values.boundedBy ?? values.map(code).join(' ')}`)
    .join('<br>');
}

const rows = (belongs) =>
  Object.entries(METRICS)
    .filter(([, metric]) => belongs(metric))
    .map(([name, metric]) => [
      code(name),
      metric.type,
      `${metric.help}${metric.buckets ? `<br>Edges: ${metric.buckets.join(', ')}` : ''}`,
      labels(metric) || '–',
      metric.exposedBy.join(', '),
    ]);

const markdown = [
  '# Metrics',
  '<!-- Written by scripts/generate-metric-docs.mjs: change libs/observability/src/metrics/metric-catalogue.ts. -->',
  `Every metric begins with \`${METRIC_PREFIX}\` and is in base units. Labels are bounded: no metric tells a tenant, a run or a ` +
    'company apart. Alerts, dashboards and charts are checked against this list: a renamed metric fails the check.',
  ...GROUPS.flatMap(([title, note, belongs]) => [
    `## ${title}`,
    note,
    table(['metric', 'type', 'what it is', 'labels', 'exposed by'], rows(belongs)),
  ]),
  '## The runtime',
  'What Node.js and the operating system tell of each process, as `prom-client` names it: ' +
    `${(await runtimeMetricNames()).map(code).join(', ')}.`,
].join('\n\n');

process.exitCode = await publishGenerated(
  { 'docs/metrics.md': markdown },
  { script: 'generate-metric-docs.mjs' },
);
