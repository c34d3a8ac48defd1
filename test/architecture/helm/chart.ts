import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from './kube-object';
import { REPOSITORY } from '../repository';

export const CHART = join(REPOSITORY, 'helm/leadgen');
export type HelmMajor = 3 | 4;

interface Programs {
  helm: Record<HelmMajor, string>;
  promtool: string;
}
let found: Programs | undefined;

/** Both Helms and promtool, fetched if need be. */
export function programs(): Programs {
  found ??= JSON.parse(
    execFileSync(process.execPath, [join(REPOSITORY, 'scripts/helm/programs.mjs')], { encoding: 'utf8' }),
  ) as Programs;
  return found;
}

/** The sets of values that the chart is rendered with, by name. */
export const VALUE_SETS = readdirSync(join(CHART, 'ci')).map((name) => name.replace(/-values\.yaml$/, ''));

export const valuesFile = (set: string): string => join(CHART, 'ci', `${set}-values.yaml`);

export function helm(
  major: HelmMajor,
  words: string[],
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(programs().helm[major], words, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // Nothing of this machine's own settings, and no cluster.
    env: { PATH: process.env.PATH, HOME: '/nonexistent', KUBECONFIG: '/dev/null' },
  });
}

/** As `helm template` prints it. Throws what Helm complains of. */
export function render(major: HelmMajor, ...options: string[]): string {
  const { status, stdout, stderr } = helm(major, [
    'template',
    'r',
    CHART,
    '--namespace',
    'leads',
    ...options,
  ]);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Read as Kubernetes reads it: by YAML 1.1, where 0440 is octal. */
export function objectsIn(text: string): KubeObject[] {
  return parseAllDocuments(text, { version: '1.1' }).flatMap((document) => {
    if (document.errors.length > 0) throw document.errors[0] as Error;
    const object = document.toJS() as KubeObject | null;
    return object === null ? [] : [object];
  });
}
