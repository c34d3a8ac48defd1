import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { readRepositoryFile, REPOSITORY } from '../repository';
import { CHART, helm, objectsIn, programs, render, VALUE_SETS, valuesFile } from './chart';
import type { KubeObject } from './kube-object';

/** Written anew with LEADGEN_UPDATE_GOLDENS=1. */
const GOLDEN = join(__dirname, 'golden');

/** Random secrets apart, what is rendered is the same each time. */
const masked = (text: string): string =>
  text
    .replace(/^( +(?:sealing|suppression)-key:) .*$/gm, '$1 bWFkZSBvbmNl')
    .replace(/^( +password:) .*$/gm, '$1 made-once')
    .replace(/(:|password=)[A-Za-z0-9]{40}(?=[@"])/g, '$1made-once');

const renders = new Map<string, { text: string; objects: KubeObject[] }>();
function rendered(set: string): { text: string; objects: KubeObject[] } {
  const known =
    renders.get(set) ??
    (() => {
      const text = masked(render(4, '--values', valuesFile(set)));
      return { text, objects: objectsIn(text) };
    })();
  renders.set(set, known);
  return known;
}

/** Alerts and dashboards are on record where they come from. */
function onRecord(object: KubeObject): KubeObject {
  if (object.kind === 'PrometheusRule') return { ...object, spec: { groups: [] } };
  if (object.metadata.labels?.grafana_dashboard === undefined) return object;
  return { ...object, data: Object.fromEntries(Object.keys(object.data ?? {}).map((name) => [name, '…'])) };
}

describe('the chart', () => {
  beforeAll(programs);

  it.each(VALUE_SETS.flatMap((set) => [3, 4].map((major) => [set, major as 3 | 4] as const)))(
    'with the values %s has nothing that Helm %s warns of',
    (set, major) => {
      const { status, stdout } = helm(major, ['lint', '--strict', CHART, '--values', valuesFile(set)]);
      expect(stdout).toContain('1 chart(s) linted, 0 chart(s) failed');
      expect(stdout).not.toMatch(/WARNING|ERROR/);
      expect(status).toBe(0);
    },
  );

  it.each(VALUE_SETS)('with the values %s is rendered alike by both Helms, and as it is on record', (set) => {
    const { text, objects } = rendered(set);
    expect(masked(render(3, '--values', valuesFile(set)))).toBe(text);
    const written = objects.map((object) => stringify(onRecord(object), { lineWidth: 0 })).join('---\n');
    const golden = join(GOLDEN, `${set}.yaml`);
    if (process.env.LEADGEN_UPDATE_GOLDENS === '1') writeFileSync(golden, written);
    expect(written).toBe(readFileSync(golden, 'utf8'));
  });

  it('has no secret of a render in its records', () => {
    for (const set of VALUE_SETS)
      expect(readFileSync(join(GOLDEN, `${set}.yaml`), 'utf8')).not.toMatch(
        /(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{40}/,
      );
  });

  describe('consists of objects', () => {
    let problems: string[];

    beforeAll(() => {
      const api = rendered('minimal').objects.find(
        ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'r-leadgen-api',
      );
      const broken = [
        (object: KubeObject) => Object.assign(object.spec ?? {}, { replica: 2 }),
        (object: KubeObject) => Object.assign(object.spec ?? {}, { replicas: 'two' }),
        (object: KubeObject) => delete object.spec?.selector,
        (object: KubeObject) => Object.assign(object, { kind: 'Deploiment' }),
      ].map((breakIt) => {
        const copy = structuredClone(api) as KubeObject;
        breakIt(copy);
        return copy;
      });
      const all = VALUE_SETS.map((set) => [set, rendered(set).objects] as const);
      problems = typedProblems({ ...Object.fromEntries(all), broken });
    });

    it('that Kubernetes, KEDA and the Prometheus operator know, without a member they do not', () => {
      expect(problems.filter((problem) => !problem.startsWith('broken: '))).toEqual([]);
    });

    it.each([
      ['a member that there is not', /"replica"' does not exist in type 'IDeploymentSpec'/],
      ['a member of another type', /spec\/replicas must be integer/],
      ['a member that is missing', /spec must have required property selector/],
      ['a kind that there is not', /apps\/v1\/Deploiment is not known/],
    ])('of which one with %s would be noticed', (_what, says) => {
      expect(problems.filter((problem) => problem.startsWith('broken: ')).join('\n')).toMatch(says);
    });
  });

  it('has the rules of ops/prometheus and the dashboards of ops/grafana, as they are there', () => {
    const { objects } = rendered('everything');
    const rules = objects.find(({ kind }) => kind === 'PrometheusRule')?.spec;
    expect(rules).toEqual(parse(readRepositoryFile('ops/prometheus/leadgen.rules.yml')));
    const shown = objects.flatMap(({ metadata, data = {} }) =>
      metadata.labels?.grafana_dashboard === '1' ? Object.entries(data) : [],
    );
    const folder = 'ops/grafana/dashboards';
    expect(shown.map(([name]) => name).toSorted()).toEqual(readdirSync(join(REPOSITORY, folder)).toSorted());
    for (const [name, text] of shown)
      expect(JSON.parse(text)).toEqual(JSON.parse(readRepositoryFile(`${folder}/${name}`)));
  });

  it.each(VALUE_SETS)('with the values %s says how to go on by commands about objects that it has', (set) => {
    const words = ['install', 'r', CHART, '--namespace', 'leads', '--dry-run=client'];
    const { stdout, status } = helm(4, [...words, '--values', valuesFile(set)]);
    expect(status).toBe(0);
    const notes = stdout.slice(stdout.indexOf('\nNOTES:\n'));
    expect(notes).toContain('helm test r --namespace leads');
    const named = [...notes.matchAll(/ (deploy|svc)\/([\w-]+)/g)].map(
      ([, kind, name]) => `${kind === 'svc' ? 'Service' : 'Deployment'} ${name ?? ''}`,
    );
    const has = rendered(set).objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(named.length).toBeGreaterThanOrEqual(2);
    expect(named.filter((object) => !has.includes(object))).toEqual([]);
  });

  it('makes rules that promtool takes', () => {
    const rules = rendered('scaled').objects.filter(({ kind }) => kind === 'PrometheusRule');
    expect(rules).toHaveLength(1);
    const folder = mkdtempSync(join(tmpdir(), 'helm-rules-'));
    try {
      const file = join(folder, 'rendered.rules.yml');
      writeFileSync(file, stringify(rules[0]?.spec, { lineWidth: 0 }));
      const { status, stdout, stderr } = spawnSync(programs().promtool, ['check', 'rules', file], {
        encoding: 'utf8',
      });
      expect(`${stdout}${stderr}`).toMatch(/SUCCESS: [1-9]\d* rules found/);
      expect(status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function typedProblems(renders: Record<string, KubeObject[]>): string[] {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(REPOSITORY, 'scripts/helm/typed-problems.mjs')],
    { input: JSON.stringify(renders), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[];
}
