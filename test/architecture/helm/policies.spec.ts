import { objectsIn, programs, render, VALUE_SETS, valuesFile } from './chart';
import type { KubeObject } from './kube-object';
import { NETWORK_POLICIES } from './network-policies';
import { OBJECT_POLICIES } from './object-policies';
import { POD_POLICIES } from './pod-policies';
import { BREACHES } from './seeded-breaches';

const POLICIES = [...POD_POLICIES, ...OBJECT_POLICIES, ...NETWORK_POLICIES];
const RENDERED = new Map<string, KubeObject[]>();

describe('whatever the chart makes', () => {
  beforeAll(() => {
    programs();
    for (const set of VALUE_SETS) RENDERED.set(set, objectsIn(render(4, '--values', valuesFile(set))));
  });

  it.each(POLICIES)('$name', ({ complaints }) => {
    const said = [...RENDERED].flatMap(([set, objects]) =>
      complaints(objects).map((text) => `${set}: ${text}`),
    );
    expect(said).toEqual([]);
  });

  it.each(BREACHES)('and it would be noticed if not: $policy', ({ policy: begins, how }) => {
    const [policy, ...others] = POLICIES.filter(({ name }) => name.startsWith(begins));
    expect(others).toEqual([]);
    const objects = structuredClone(RENDERED.get('everything') ?? []);
    how(objects);
    expect(policy?.complaints(objects).length).toBeGreaterThan(0);
  });

  it('has a breach of each of its policies tried', () => {
    const tried = POLICIES.filter(({ name }) => BREACHES.some(({ policy }) => name.startsWith(policy)));
    expect(tried).toHaveLength(POLICIES.length);
    expect(POLICIES.length).toBeGreaterThanOrEqual(30);
  });
});
