// Writes docs/vendors.md from the vendors' descriptors.
import { built } from './generated/built.mjs';
import { publishGenerated, table } from './generated/publish-generated.mjs';

const { VENDORS } = built('libs/vendors/src/registry/vendor-list');
const { OPERATIONS } = built('libs/contracts/src/index');

const SPANS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

function span(ms) {
  const [unitMs, unit] = SPANS.find(([length]) => ms % length === 0) ?? [1, 'ms'];
  return `${ms / unitMs} ${unit}`;
}

const number = (value) => value.toLocaleString('en-US');
const usd = (micro) => (micro === 0 ? 'free' : `${(micro / 1_000_000).toFixed(6).replace(/\.?0+$/, '')} USD`);

function windowText({ name, limit, lengthMs, kind, ops, measure, unit, zone }) {
  const stretch = kind === 'calendar' ? `calendar ${unit} (${zone})` : `${span(lengthMs)}, ${kind}`;
  const of = ops ? ` of ${ops.map((op) => `\`${op}\``).join(', ')}` : '';
  return `\`${name}\`: ${number(limit)} ${measure ?? 'requests'}${of} per ${stretch}`;
}

const AUTH = { none: 'no key', bearer: 'bearer token', header: 'key in a header', query: 'key in the query' };

const services = VENDORS.flatMap(({ descriptor }) =>
  descriptor.services.map((service) => ({ descriptor, service })),
);

function waterfall(op) {
  return services
    .filter(({ service }) => service.op === op)
    .sort((a, b) => a.service.order - b.service.order)
    .map(({ descriptor, service }) => `${descriptor.title} (${service.order})`)
    .join(' → ');
}

function section({ descriptor }) {
  const { id, title, docsUrl, auth, defaultBaseUrl, cap, deadlineMs } = descriptor;
  const variable = `VENDOR_${id.toUpperCase()}`;
  const settings =
    auth === 'none' ? [`${variable}_BASE_URL`] : [`${variable}_API_KEY`, `${variable}_BASE_URL`];
  const facts = [
    ['documentation', docsUrl],
    ['access', `${AUTH[auth]}; ${settings.map((name) => `\`${name}\``).join(', ')}`],
    ['address', defaultBaseUrl ?? 'the companies’ own websites'],
    ['at once', `${number(cap.concurrency)} calls in flight`],
    ['windows', cap.windows.map(windowText).join('<br>') || 'none'],
    ['deadline', span(deadlineMs)],
  ];
  const terms = descriptor.services.map((service) => [
    `\`${service.op}\``,
    service.order,
    usd(service.costPerUnitMicro),
    service.unitsMax ?? 1,
    `${span(service.freshness.foundMs)} / ${span(service.freshness.emptyMs)}`,
    service.inDoubt === 'retry' ? 'asked again' : 'in doubt: a person decides',
  ]);
  return [
    `## ${title}`,
    table(['', `\`${id}\``], facts),
    table(
      [
        'operation',
        'order',
        'a unit',
        'units a call, at most',
        'fresh, found / not',
        'no answer after sending',
      ],
      terms,
    ),
  ].join('\n\n');
}

const markdown = [
  '# Vendors',
  '<!-- Written by scripts/generate-vendor-docs.mjs: change the descriptor in the vendor’s folder, libs/vendors/src/<id>. -->',
  'Whom a company’s walk can ask, and on what terms. All figures are the documented defaults of a vendor’s plans, with their ' +
    'sources in its descriptor; `LEADGEN_VENDORS_FILE` has a deployment’s own. A vendor without a key is passed over. Offline ' +
    '(`ORCHESTRATOR_OFFLINE=1`) none is asked but at the address in `VENDOR_<ID>_BASE_URL`, the simulator’s. Every key is also ' +
    'read from a file: `VENDOR_<ID>_API_KEY_FILE`.',
  'What a vendor did not answer in time, or answered in part, after the request was sent, may have been bought. Where asking ' +
    'again is free it is asked again; where it costs, it is charged at its most and never repeated until a person says so.',
  '## Waterfalls',
  'Each operation asks its vendors in this order until one has an answer.',
  table(
    ['operation', 'vendors'],
    Object.keys(OPERATIONS).map((op) => [`\`${op}\``, waterfall(op) || '–']),
  ),
  ...VENDORS.map(section),
].join('\n\n');

process.exitCode = await publishGenerated(
  { 'docs/vendors.md': markdown },
  { script: 'generate-vendor-docs.mjs' },
);
