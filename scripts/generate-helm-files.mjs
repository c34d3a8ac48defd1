// Writes what the chart has from elsewhere: vendors' limits, alerts and dashboards below helm/leadgen/files, the release in Chart.yaml,
// and the table of values in its README.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';
import { built } from './generated/built.mjs';
import { publishGenerated, table } from './generated/publish-generated.mjs';

const CHART = 'helm/leadgen';
const README = 'helm/leadgen/README.md';
/** What is copied as it stands, and where to. */
const COPIES = [
  { from: 'ops/prometheus', to: `${CHART}/files/prometheus`, named: /\.rules\.yml$/ },
  { from: 'ops/grafana/dashboards', to: `${CHART}/files/dashboards`, named: /\.json$/ },
];

const { VENDORS } = built('libs/vendors/src/registry/vendor-list');
const { version } = createRequire(import.meta.url)('../package.json');
const root = join(import.meta.dirname, '..');
const read = (path) => readFileSync(join(root, path), 'utf8');

const vendors = Object.fromEntries(
  VENDORS.map(({ descriptor: { id, cap, auth } }) => [
    id,
    { concurrency: cap.concurrency, needsKey: auth !== 'none' },
  ]),
);

const chart = read(`${CHART}/Chart.yaml`).replace(/^appVersion: .*$/m, `appVersion: '${version}'`);

/** One row per value, by the schema's order; a part that has a type of its own is one row. */
function rows(schema, defaults, path = []) {
  return Object.entries(schema.properties).flatMap(([name, of]) => {
    const at = [...path, name];
    const value = defaults?.[name];
    if (of.properties !== undefined && path.length < 4) return rows(of, value, at);
    const shown = value === undefined || value === '' ? '–' : `\`${JSON.stringify(value)}\``;
    return name === 'global' ? [] : [[`\`${at.join('.')}\``, shown, of.description ?? '']];
  });
}

const schema = JSON.parse(read(`${CHART}/values.schema.json`));
const values = table(['value', 'default', 'what it is'], rows(schema, parse(read(`${CHART}/values.yaml`))));
const nightly = table(
  ['of an entry of `nightly`', 'what it is'],
  Object.entries(schema.properties.nightly.items.properties).map(([name, { description = '' }]) => [
    `\`${name}\``,
    description,
  ]),
);
const [before, after] = read(README)
  .split(/<!-- values[^]*<!-- end of values -->/)
  .map((part) => part.trim());
const readme = [
  before,
  '<!-- values: written by scripts/generate-helm-files.mjs from values.schema.json and values.yaml -->',
  values,
  nightly,
  '<!-- end of values -->',
  after,
].join('\n\n');

const copies = COPIES.flatMap(({ from, to, named }) =>
  names(from, named).map((name) => [`${to}/${name}`, read(`${from}/${name}`)]),
);

function names(folder, named) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder)).filter((name) => named.test(name));
}

/** Copies whose original is gone. */
const orphans = COPIES.flatMap(({ from, to, named }) =>
  names(to, named)
    .filter((name) => !existsSync(join(root, from, name)))
    .map((name) => `${to}/${name}`),
);

const checks = process.argv.includes('--check');
if (!checks) {
  for (const { to } of COPIES) mkdirSync(join(root, to), { recursive: true });
  for (const path of orphans) rmSync(join(root, path));
} else if (orphans.length > 0) {
  console.error(`${orphans.join(', ')}: not in ops any more. Run: node scripts/generate-helm-files.mjs`);
}
const stale = await publishGenerated(
  {
    [`${CHART}/files/vendors.json`]: JSON.stringify(vendors),
    [`${CHART}/Chart.yaml`]: chart,
    [README]: readme,
    ...Object.fromEntries(copies),
  },
  { script: 'generate-helm-files.mjs' },
);
process.exitCode = checks && orphans.length > 0 ? 1 : stale;
