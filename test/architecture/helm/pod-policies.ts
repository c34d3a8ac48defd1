import { containersOf, podsOf, type Container, type KubeObject, type MadePod } from './kube-object';
import type { Policy } from './policy';

const DRAIN_S_SPARE = 5;
const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;
/** Of variables that would show a secret to whoever may list an environment. */
const SECRET_NAME = /(_KEY|_PASSWORD|_SECRET|_TOKEN|_USERS|_HEADERS|^REDIS_URL|^PASSWORD)$/;

/** Secrets that a component has no use for, by the volume they would come in. */
const NEEDLESS: Readonly<Record<string, readonly string[]>> = {
  export: ['vendors'],
  nightly: ['vendors', 'keys'],
  test: ['vendors', 'keys', 'redis'],
  redis: ['vendors', 'keys'],
};
const POWERS: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3 };

/** Of `1gb` as Redis reads it, of `2Gi` as Kubernetes does. */
function bytes(text: string): number {
  const [, count, unit = ''] = /^(\d+)([kmg])?[ib]?$/i.exec(text) ?? [];
  return Number(count ?? Number.NaN) * 1024 ** (POWERS[unit.toLowerCase()] ?? 0);
}

const isServing = ({ kind }: MadePod): boolean => kind === 'Deployment' || kind === 'StatefulSet';
const env = (container: Container, name: string): string | undefined =>
  container.env?.find((variable) => variable.name === name)?.value;

/** A policy about each pod. */
function eachPod(name: string, complaint: (pod: MadePod) => string | false | undefined): Policy {
  return {
    name,
    complaints: (objects) =>
      podsOf(objects).flatMap((pod) => {
        const said = complaint(pod);
        return said ? [`${pod.what}: ${said}`] : [];
      }),
  };
}

/** A policy about each container. */
function eachContainer(
  name: string,
  complaint: (container: Container, pod: MadePod) => string | false | undefined,
): Policy {
  return {
    name,
    complaints: (objects) =>
      podsOf(objects).flatMap((pod) =>
        containersOf(pod).flatMap(({ what, container }) => {
          const said = complaint(container, pod);
          return said ? [`${what}: ${said}`] : [];
        }),
      ),
  };
}

export const POD_POLICIES: readonly Policy[] = [
  eachPod('a pod is nobody: a user by number, and not root', ({ spec: { securityContext } }) => {
    const { runAsNonRoot, runAsUser = 0, fsGroup = 0 } = securityContext ?? {};
    return !(runAsNonRoot === true && runAsUser > 0 && fsGroup > 0) && 'root, or a user without a number';
  }),
  eachPod(
    'a pod has the runtime’s seccomp profile',
    ({ spec }) => spec.securityContext?.seccompProfile?.type !== 'RuntimeDefault' && 'another profile',
  ),
  eachContainer(
    'a container gets no more rights than it has',
    ({ securityContext }) =>
      securityContext?.allowPrivilegeEscalation !== false && 'allowPrivilegeEscalation is not false',
  ),
  eachContainer(
    'a container’s root is read-only',
    ({ securityContext }) =>
      securityContext?.readOnlyRootFilesystem !== true && 'readOnlyRootFilesystem is not true',
  ),
  eachContainer('a container has no capabilities', ({ securityContext }) => {
    const { drop = [], add = [] } = securityContext?.capabilities ?? {};
    return (!drop.includes('ALL') || add.length > 0) && 'some are left, or added';
  }),
  eachContainer(
    'a container is not privileged',
    ({ securityContext }) => securityContext?.privileged !== false && 'privileged is not false',
  ),
  eachPod('a pod has nothing of its node’s', ({ spec }) => {
    const ports = (spec.containers ?? []).flatMap(({ ports: open = [] }) => open);
    const shares = spec.hostNetwork === true || spec.volumes?.some(({ hostPath }) => hostPath !== undefined);
    return (
      (shares === true || ports.some(({ hostPort }) => hostPort !== undefined)) && 'network, a path or a port'
    );
  }),
  eachContainer('a container says what it needs and where it ends', ({ resources }) => {
    const named = [resources?.requests, resources?.limits].every((of) => of?.cpu && of.memory);
    return !named && 'cpu or memory is not requested, or not limited';
  }),
  eachPod('a pod has no token, and an account of its own', ({ spec }) => {
    const own = spec.serviceAccountName !== undefined && spec.serviceAccountName !== 'default';
    return !(own && spec.automountServiceAccountToken === false) && 'the default account, or its token';
  }),
  eachPod(
    'a pod is not told of the namespace’s Services by its environment',
    ({ spec }) => spec.enableServiceLinks !== false && 'enableServiceLinks is not false',
  ),
  eachContainer(
    'an image has a tag that is not latest, or a digest',
    ({ image }) => !/@sha256:[0-9a-f]{64}$|:(?!latest$)[\w][\w.-]*$/.test(image) && image,
  ),
  eachContainer(
    'what serves is asked whether it has started, lives and is ready',
    (container, pod) =>
      isServing(pod) && PROBES.some((probe) => container[probe] === undefined) && 'a probe is missing',
  ),
  eachContainer('a probe asks a port that there is, alive and ready apart', (container, pod) =>
    isServing(pod) ? probeComplaint(container) : undefined,
  ),
  eachContainer('a process may finish what it has in hand before it is killed', (container, pod) => {
    const drain = Number(env(container, 'LEADGEN_DRAIN_MS') ?? 0) / 1_000;
    const needed = drain + (container.lifecycle?.preStop?.sleep?.seconds ?? 0) + DRAIN_S_SPARE;
    const grace = pod.spec.terminationGracePeriodSeconds ?? 30;
    return isServing(pod) && grace < needed && `${grace} s, and it takes ${needed} s`;
  }),
  eachContainer('an API goes on while balancers notice that it leaves, within its drain', (container) => {
    if (container.name !== 'api') return undefined;
    const linger = Number(env(container, 'LEADGEN_API_LINGER_MS'));
    const sleeps = container.lifecycle?.preStop?.sleep?.seconds ?? 0;
    return (
      !(sleeps > 0 && linger > 0 && linger < Number(env(container, 'LEADGEN_DRAIN_MS'))) && 'it does not'
    );
  }),
  eachContainer('no secret is in an environment', ({ env: variables = [] }) => {
    const told = variables.filter(
      ({ name, valueFrom }) => SECRET_NAME.test(name) || valueFrom?.secretKeyRef !== undefined,
    );
    return told.length > 0 && told.map(({ name }) => name).join(', ');
  }),
  eachPod('secrets are files that only the pod’s group reads', ({ spec }) => {
    const open = (spec.volumes ?? []).filter(
      ({ secret }) => secret !== undefined && secret.defaultMode !== 0o440,
    );
    return open.length > 0 && open.map(({ name }) => name).join(', ');
  }),
  eachPod(
    'keys are with those who need them: vendors’ not with export, and none with nightly runs',
    ({ labels, spec }) => {
      const component = labels['app.kubernetes.io/component'] ?? '';
      const needless = NEEDLESS[component] ?? [];
      const held = (spec.volumes ?? []).filter(
        ({ name, secret }) => secret !== undefined && needless.includes(name),
      );
      return held.length > 0 && held.map(({ name }) => name).join(', ');
    },
  ),
  eachContainer('a Redis of the chart refuses writes before it is killed', (container) => {
    const most = env(container, 'MAXMEMORY');
    if (most === undefined) return undefined;
    const limit = bytes(container.resources?.limits?.memory ?? '0');
    return !(bytes(most) > 0 && 2 * bytes(most) <= limit) && `${most} of ${limit} bytes`;
  }),
  eachPod('what is mounted from Secrets and ConfigMaps is read-only', ({ spec }) => {
    const given = (spec.volumes ?? []).filter(({ secret, configMap }) => secret ?? configMap);
    const mounts = (spec.containers ?? []).flatMap(({ volumeMounts = [] }) => volumeMounts);
    const open = mounts.filter(
      ({ name, readOnly }) => readOnly !== true && given.some((volume) => volume.name === name),
    );
    return open.length > 0 && open.map(({ name }) => name).join(', ');
  }),
  eachPod('every volume is mounted, and every mount has its volume', ({ spec }) => {
    const volumes = new Set((spec.volumes ?? []).map(({ name }) => name));
    const mounts = new Set(
      (spec.containers ?? []).flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name)),
    );
    const stray = [...volumes.symmetricDifference(mounts)].filter(
      (name) => name !== 'data' || volumes.has('data'),
    );
    return stray.length > 0 && stray.join(', ');
  }),
  eachPod('scratch space has an end', ({ spec }) => {
    const endless = (spec.volumes ?? []).filter(
      ({ emptyDir }) => emptyDir !== undefined && !emptyDir.sizeLimit,
    );
    return endless.length > 0 && endless.map(({ name }) => name).join(', ');
  }),
  eachPod('pods of a kind are spread over nodes', ({ kind, labels, spec }) => {
    if (kind !== 'Deployment' && kind !== 'StatefulSet') return undefined;
    const [spread] = spec.topologySpreadConstraints ?? [];
    const component = spread?.labelSelector.matchLabels?.['app.kubernetes.io/component'];
    return component !== labels['app.kubernetes.io/component'] && 'they are not';
  }),
  {
    name: 'each lane of enrich is served by one Deployment',
    complaints: (objects) => laneComplaints(objects),
  },
];

function probeComplaint(container: Container): string | undefined {
  const ports = new Set((container.ports ?? []).map(({ name }) => name));
  const probes = PROBES.map((probe) => container[probe]);
  if (probes.some((probe) => probe?.httpGet && !ports.has(String(probe.httpGet.port)))) return 'no such port';
  const asked = probes.map((probe) => probe?.httpGet?.path ?? probe?.exec?.command[2] ?? '');
  const [started = '', alive = '', ready = ''] = asked;
  const apart = started.endsWith('live') && alive.endsWith('live') && ready.endsWith('ready');
  return apart ? undefined : `asks ${asked.join(', ')}`;
}

function laneComplaints(objects: readonly KubeObject[]): string[] {
  const shares = podsOf(objects).flatMap(({ spec }) =>
    (spec.containers ?? []).flatMap((container) => env(container, 'LEADGEN_ENRICH_LANES') ?? []),
  );
  const named = (kind: string): string[] =>
    shares
      .filter((share) => share.startsWith(`${kind}:`))
      .flatMap((share) => share.slice(kind.length + 1).split(','));
  const only = named('only').toSorted();
  const rest = shares.filter((share) => !share.startsWith('only:'));
  if (rest.length !== 1) return [`${rest.length} Deployments serve the queue of enrich: ${rest.join(' ')}`];
  return named('except').toSorted().join() === only.join()
    ? []
    : [`${shares.join(' ')}: a lane is nobody's, or two’s`];
}
