import { listedMetrics } from '#libs/observability';
import { readRepositoryFile } from '../repository';
import { podsOf, selects, type KubeObject, type LabelSelector, type PodTemplate } from './kube-object';
import type { Policy } from './policy';

const LABELS = ['name', 'instance', 'component', 'version', 'part-of', 'managed-by'].map(
  (label) => `app.kubernetes.io/${label}`,
);
const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SCALERS = ['ScaledObject', 'HorizontalPodAutoscaler'];
const MONITORS = ['PodMonitor', 'ServiceMonitor'];
const METRICS = new Set(listedMetrics().flatMap(({ series }) => series));
const ENV_NAMES = new Set(
  [...readRepositoryFile('docs/env.md').matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name]) => name),
);

const called = ({ kind, metadata }: KubeObject): string => `${kind} ${metadata.name}`;
const ofKind = (objects: readonly KubeObject[], ...kinds: string[]): KubeObject[] =>
  objects.filter(({ kind }) => kinds.includes(kind));
const labelsOf = ({ spec }: KubeObject): Record<string, string> => spec?.template?.metadata?.labels ?? {};
const workloads = (objects: readonly KubeObject[]): KubeObject[] =>
  ofKind(objects, 'Deployment', 'StatefulSet');

const isWatched = ({ metadata }: KubeObject, all: readonly KubeObject[]): boolean =>
  ofKind(all, 'ServiceMonitor').some(({ spec }) => selects(spec?.selector, metadata.labels ?? {}));

/** Which pods a monitor of Prometheus leads to: a ServiceMonitor by way of Services. */
function podSelectorsOf({ kind, spec }: KubeObject, all: readonly KubeObject[]): LabelSelector[] {
  if (kind === 'PodMonitor') return spec?.selector ? [spec.selector] : [];
  return ofKind(all, 'Service')
    .filter(({ metadata }) => selects(spec?.selector, metadata.labels ?? {}))
    .map((service) => ({ matchLabels: service.spec?.selector ?? {} }));
}

/** `--timeout` of a nightly run, seconds. */
function timeoutOf(template: PodTemplate | undefined): number {
  const args = template?.spec.containers?.[0]?.args ?? [];
  return Number(args[args.indexOf('--timeout') + 1]);
}

/** A policy about each object of some kinds. */
function each(
  name: string,
  kinds: string[],
  complaint: (object: KubeObject, all: readonly KubeObject[]) => string | false | undefined,
): Policy {
  return {
    name,
    complaints: (objects) =>
      (kinds.length === 0 ? [...objects] : ofKind(objects, ...kinds)).flatMap((object) => {
        const said = complaint(object, objects);
        return said ? [`${called(object)}: ${said}`] : [];
      }),
  };
}

export const OBJECT_POLICIES: readonly Policy[] = [
  each('an object says what it is part of', [], ({ metadata: { labels = {} } }) => {
    const missing = LABELS.filter((label) => !labels[label]);
    return missing.length > 0 && missing.join(', ');
  }),
  each(
    'a name is one that Kubernetes takes, with what it puts behind',
    [],
    ({ kind, metadata: { name } }) => {
      const longest = kind === 'CronJob' ? 52 : kind === 'StatefulSet' ? 52 : 63;
      return (!NAME.test(name) || name.length > longest) && name;
    },
  ),
  {
    name: 'no two objects of a kind have one name',
    complaints: (objects) => {
      const names = objects.map(called);
      return names.filter((name, i) => names.indexOf(name) !== i);
    },
  },
  each(
    'a Secret is one that is made once and kept',
    ['Secret'],
    ({ metadata }) =>
      metadata.annotations?.['helm.sh/resource-policy'] !== 'keep' && 'an uninstall would remove it',
  ),
  each(
    'a ConfigMap holds no secret',
    ['ConfigMap'],
    ({ data = {} }) =>
      Object.values(data).some((text) => /redis[a-z+]*:\/\/[^/\s$]*:[^@\s$]+@|"api_?key"\s*:/i.test(text)) &&
      'it does',
  ),
  each(
    'an account’s token is mounted nowhere',
    ['ServiceAccount'],
    ({ automountServiceAccountToken }) => automountServiceAccountToken !== false && 'it is',
  ),
  {
    name: 'a pod’s account is one of the chart',
    complaints: (objects) => {
      const accounts = ofKind(objects, 'ServiceAccount').map(({ metadata }) => metadata.name);
      return podsOf(objects)
        .filter(({ spec }) => !accounts.includes(spec.serviceAccountName ?? ''))
        .map(({ what }) => what);
    },
  },
  each(
    'a workload selects its own pods',
    ['Deployment', 'StatefulSet'],
    (object) => !selects(object.spec?.selector, labelsOf(object)) && 'it does not',
  ),
  each('a workload selects nobody else’s pods', ['Deployment', 'StatefulSet'], (object, all) => {
    const others = podsOf(all).filter(({ what }) => what !== called(object));
    return others.find(({ labels }) => selects(object.spec?.selector, labels))?.what;
  }),
  each('a Service leads to pods of one workload, by a port they name', ['Service'], (service, all) => {
    const { spec } = service;
    const chosen = podsOf(all).filter(({ labels }) => selects({ matchLabels: spec?.selector ?? {} }, labels));
    const ports = (chosen[0]?.spec.containers ?? []).flatMap(({ ports: open = [] }) =>
      open.map(({ name }) => name),
    );
    if (chosen.length !== 1 && !isWatched(service, all)) return `to ${chosen.length}`;
    return spec?.ports?.find(({ targetPort }) => !ports.includes(String(targetPort)))?.name;
  }),
  each(
    'a Service is of the cluster only',
    ['Service'],
    ({ spec }) => spec?.type !== 'ClusterIP' && String(spec?.type),
  ),
  each('a StatefulSet’s pods are found by name', ['StatefulSet'], ({ spec }, all) => {
    const service = ofKind(all, 'Service').find(({ metadata }) => metadata.name === spec?.serviceName);
    return (
      (service?.spec as { clusterIP?: string } | undefined)?.clusterIP !== 'None' && 'no headless Service'
    );
  }),
  each('an Ingress leads to the API’s own port', ['Ingress'], ({ spec }) => {
    const backends = (spec?.rules ?? []).flatMap(({ http }) =>
      http.paths.map(({ backend }) => backend.service),
    );
    const strange = backends.find(({ name, port }) => !name.endsWith('-api') || port.name !== 'http');
    return strange && `${strange.name} ${strange.port.name ?? ''}`;
  }),
  each(
    'an Ingress is for hosts that it names',
    ['Ingress'],
    ({ spec }) => (spec?.rules ?? []).some(({ host }) => !host) && 'for all',
  ),
  each('every Deployment may lose one pod at a time to a drained node', ['Deployment'], (object, all) => {
    const budgets = ofKind(all, 'PodDisruptionBudget').filter(({ spec }) =>
      selects(spec?.selector, labelsOf(object)),
    );
    return budgets.length !== 1 && `${budgets.length} budgets`;
  }),
  each(
    'a budget is about pods that there are',
    ['PodDisruptionBudget'],
    ({ spec }, all) =>
      workloads(all).filter((workload) => selects(spec?.selector, labelsOf(workload))).length !== 1 &&
      'it is not',
  ),
  each('a scaler’s target is there', SCALERS, ({ spec }, all) => {
    const { kind = '', name = '' } = spec?.scaleTargetRef ?? {};
    return !ofKind(all, kind).some(({ metadata }) => metadata.name === name) && `${kind} ${name}`;
  }),
  each(
    'who is scaled has one scaler, and no number of its own',
    ['Deployment'],
    ({ metadata, spec }, all) => {
      const scalers = ofKind(all, ...SCALERS).filter(
        (scaler) => scaler.spec?.scaleTargetRef?.name === metadata.name,
      );
      if (scalers.length > 1) return `${scalers.length} scalers`;
      return scalers.length === 1
        ? spec?.replicas !== undefined && 'both'
        : spec?.replicas === undefined && 'neither';
    },
  ),
  each('a scaler never goes to none, nor ends below where it begins', SCALERS, ({ spec }) => {
    const least = spec?.minReplicas ?? spec?.minReplicaCount ?? 0;
    const most = spec?.maxReplicas ?? spec?.maxReplicaCount ?? 0;
    return !(least >= 1 && most >= least) && `${least} to ${most}`;
  }),
  each('a scaler asks for metrics that there are', ['ScaledObject'], ({ spec }) => {
    const asked = (spec?.triggers ?? []).flatMap(
      ({ metadata }) => metadata.query?.match(/leadgen_[a-z_]+/g) ?? [],
    );
    return (asked.length === 0 || asked.some((name) => !METRICS.has(name))) && asked.join(', ');
  }),
  each('alerts are about metrics that there are', ['PrometheusRule'], ({ spec }) => {
    const asked = JSON.stringify(spec).match(/\bleadgen_(?!process_|nodejs_)[a-z_]+/g) ?? [];
    const unknown = asked.filter((name) => !METRICS.has(name) && !METRICS.has(name.replace(/_$/, '')));
    return unknown.length > 0 && unknown.join(', ');
  }),
  each('Prometheus asks every pod of ours, by a port it has', MONITORS, (monitor, all) => {
    const { podMetricsEndpoints, endpoints = podMetricsEndpoints } = monitor.spec ?? {};
    const ports = (endpoints ?? []).map(({ port }) => port);
    const selectors = podSelectorsOf(monitor, all);
    const missed = podsOf(all).filter(
      ({ kind, labels, spec: pod }) =>
        kind === 'Deployment' &&
        !(
          selectors.some((selector) => selects(selector, labels)) &&
          pod.containers?.some((container) => container.ports?.some(({ name }) => ports.includes(name)))
        ),
    );
    return missed[0]?.what;
  }),
  each('a nightly run is one at a time, is not repeated, and ends', ['CronJob'], ({ spec }) => {
    const { backoffLimit, activeDeadlineSeconds = 0, template } = spec?.jobTemplate?.spec ?? {};
    const ends = activeDeadlineSeconds > timeoutOf(template) && template?.spec.restartPolicy === 'Never';
    return !(spec?.concurrencyPolicy === 'Forbid' && backoffLimit === 0 && ends) && 'it is not';
  }),
  each('a nightly run is known by schedule and slot', ['CronJob'], ({ spec }) => {
    const args = spec?.jobTemplate?.spec.template.spec.containers?.[0]?.args ?? [];
    return (
      !['--tenant-id', '--schedule', '--slot', '--overlap'].every((flag) => args.includes(flag)) &&
      args.join(' ')
    );
  }),
  {
    name: 'a process is told settings that there are',
    complaints: (objects) =>
      podsOf(objects)
        .filter(({ labels }) => labels['leadgen-role'] === 'app')
        .flatMap(({ what, spec }) =>
          (spec.containers ?? [])
            .flatMap(({ env = [] }) => env.map(({ name }) => name))
            .filter((name) => !ENV_NAMES.has(name))
            .map((name) => `${what}: ${name}`),
        ),
  },
  {
    name: 'what a pod takes from the chart’s own ConfigMaps and claims is there',
    complaints: (objects) => {
      const made = new Set(objects.map(called));
      const own = ofKind(objects, 'ServiceAccount')[0]?.metadata.name ?? '';
      return podsOf(objects).flatMap(({ what, spec }) =>
        (spec.volumes ?? [])
          .flatMap(({ configMap, persistentVolumeClaim }) => [
            ...(configMap ? [`ConfigMap ${configMap.name}`] : []),
            ...(persistentVolumeClaim ? [`PersistentVolumeClaim ${persistentVolumeClaim.claimName}`] : []),
          ])
          .filter((name) => name.includes(` ${own}`) && !made.has(name))
          .map((name) => `${what}: ${name}`),
      );
    },
  },
  each(
    'the pod of the test is made for the test only',
    ['Pod'],
    ({ metadata }) => metadata.annotations?.['helm.sh/hook'] !== 'test' && 'it would stay',
  ),
];
