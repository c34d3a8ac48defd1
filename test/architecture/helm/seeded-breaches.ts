import { podsOf, type Container, type KubeObject, type PodSpec } from './kube-object';

/** Something done wrong in what the chart makes; the policy of that name has to notice. */
export interface Breach {
  policy: string;
  how: (objects: KubeObject[]) => void;
}

const of = (objects: KubeObject[], kind: string, name = ''): KubeObject => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name.endsWith(name));
  if (found === undefined) throw new Error(`there is no ${kind} …${name} to break`);
  return found;
};
const spec = (objects: KubeObject[], kind: string, name = ''): NonNullable<KubeObject['spec']> => {
  const found = of(objects, kind, name).spec;
  if (found === undefined) throw new Error(`the ${kind} …${name} has no spec`);
  return found;
};
const pod = (objects: KubeObject[], component: string): PodSpec => {
  const found = podsOf(objects).find(({ labels }) => labels['app.kubernetes.io/component'] === component);
  if (found === undefined) throw new Error(`there is no pod of ${component}`);
  return found.spec;
};
const container = (objects: KubeObject[], component: string): Container => {
  const [first] = pod(objects, component).containers ?? [];
  if (first === undefined) throw new Error(`${component} has no container`);
  return first;
};
const setEnv = (objects: KubeObject[], component: string, name: string, value: string): void => {
  const { env = [] } = container(objects, component);
  const found = env.find((variable) => variable.name === name);
  if (found) found.value = value;
  else env.push({ name, value });
};

const PODS: Breach[] = [
  { policy: 'a pod is nobody', how: (all) => delete pod(all, 'export').securityContext?.runAsUser },
  {
    policy: 'a pod has the runtime’s seccomp',
    how: (all) => delete pod(all, 'redis').securityContext?.seccompProfile,
  },
  {
    policy: 'a container gets no more rights',
    how: (all) => delete container(all, 'test').securityContext?.allowPrivilegeEscalation,
  },
  {
    policy: 'a container’s root is read-only',
    how: (all) =>
      Object.assign(container(all, 'redis').securityContext ?? {}, { readOnlyRootFilesystem: false }),
  },
  {
    policy: 'a container has no capabilities',
    how: (all) => container(all, 'api').securityContext?.capabilities?.drop?.pop(),
  },
  {
    policy: 'a container is not privileged',
    how: (all) => Object.assign(container(all, 'enrich').securityContext ?? {}, { privileged: true }),
  },
  {
    policy: 'a pod has nothing of its node’s',
    how: (all) => Object.assign(pod(all, 'normalize'), { hostNetwork: true }),
  },
  {
    policy: 'a container says what it needs',
    how: (all) => delete container(all, 'nightly').resources?.limits?.memory,
  },
  { policy: 'a pod has no token', how: (all) => delete pod(all, 'nightly').automountServiceAccountToken },
  { policy: 'a pod is not told of the namespace’s', how: (all) => delete pod(all, 'api').enableServiceLinks },
  {
    policy: 'an image has a tag',
    how: (all) => Object.assign(container(all, 'redis'), { image: 'docker.io/library/redis:latest' }),
  },
  { policy: 'what serves is asked', how: (all) => delete container(all, 'export').startupProbe },
  {
    policy: 'a probe asks a port that there is',
    how: (all) =>
      Object.assign(container(all, 'api').readinessProbe?.httpGet ?? {}, { path: '/health/live' }),
  },
  {
    policy: 'a process may finish',
    how: (all) => Object.assign(pod(all, 'enrich'), { terminationGracePeriodSeconds: 25 }),
  },
  { policy: 'an API goes on while balancers', how: (all) => delete container(all, 'api').lifecycle },
  {
    policy: 'no secret is in an environment',
    how: (all) => setEnv(all, 'enrich', 'VENDOR_SONAR_API_KEY', 'abc'),
  },
  {
    policy: 'secrets are files that only',
    how: (all) => {
      for (const { secret } of pod(all, 'api').volumes ?? []) if (secret) secret.defaultMode = 0o444;
    },
  },
  {
    policy: 'keys are with those who need them',
    how: (all) => pod(all, 'nightly').volumes?.push({ name: 'keys', secret: { secretName: 'leads-keys' } }),
  },
  {
    policy: 'a Redis of the chart refuses',
    how: (all) => setEnv(all, 'redis', 'MAXMEMORY', '2gb'),
  },
  {
    policy: 'what is mounted from Secrets',
    how: (all) => {
      for (const mount of container(all, 'api').volumeMounts ?? [])
        if (mount.name === 'keys') delete mount.readOnly;
    },
  },
  { policy: 'every volume is mounted', how: (all) => container(all, 'enrich').volumeMounts?.pop() },
  {
    policy: 'scratch space has an end',
    how: (all) => {
      for (const { emptyDir } of pod(all, 'enrich').volumes ?? []) if (emptyDir) delete emptyDir.sizeLimit;
    },
  },
  { policy: 'pods of a kind are spread', how: (all) => delete pod(all, 'export').topologySpreadConstraints },
  {
    policy: 'each lane of enrich is served',
    how: (all) => setEnv(all, 'enrich', 'LEADGEN_ENRICH_LANES', 'all'),
  },
];

const OBJECTS: Breach[] = [
  { policy: 'an object says what it is part of', how: (all) => delete of(all, 'Secret').metadata.labels },
  {
    policy: 'a name is one that Kubernetes takes',
    how: (all) => Object.assign(of(all, 'CronJob').metadata, { name: `nightly-${'x'.repeat(50)}` }),
  },
  { policy: 'no two objects of a kind', how: (all) => all.push(structuredClone(of(all, 'Service'))) },
  {
    policy: 'a Secret is one that is made once',
    how: (all) => delete of(all, 'Secret').metadata.annotations,
  },
  {
    policy: 'a ConfigMap holds no secret',
    how: (all) => Object.assign(of(all, 'ConfigMap').data ?? {}, { url: 'redis://:hunter2@redis:6379' }),
  },
  {
    policy: 'an account’s token is mounted',
    how: (all) => delete of(all, 'ServiceAccount').automountServiceAccountToken,
  },
  {
    policy: 'a pod’s account is one of the chart',
    how: (all) => Object.assign(pod(all, 'export'), { serviceAccountName: 'x' }),
  },
  {
    policy: 'a workload selects its own pods',
    how: (all) =>
      Object.assign(spec(all, 'Deployment', '-export').selector?.matchLabels ?? {}, {
        'app.kubernetes.io/component': 'x',
      }),
  },
  {
    policy: 'a workload selects nobody else’s',
    how: (all) =>
      delete spec(all, 'Deployment', '-export').selector?.matchLabels?.['app.kubernetes.io/component'],
  },
  {
    policy: 'a Service leads to pods',
    how: (all) => Object.assign(spec(all, 'Service', '-api').ports?.[0] ?? {}, { targetPort: 'web' }),
  },
  {
    policy: 'a Service is of the cluster only',
    how: (all) => Object.assign(spec(all, 'Service', '-admin'), { type: 'NodePort' }),
  },
  {
    policy: 'a StatefulSet’s pods are found',
    how: (all) => Object.assign(spec(all, 'StatefulSet'), { serviceName: 'x' }),
  },
  {
    policy: 'an Ingress leads to the API’s own port',
    how: (all) => {
      const backend = spec(all, 'Ingress').rules?.[0]?.http.paths[0]?.backend.service;
      Object.assign(backend ?? {}, { name: 'leads-admin', port: { name: 'admin' } });
    },
  },
  { policy: 'an Ingress is for hosts', how: (all) => delete spec(all, 'Ingress').rules?.[0]?.host },
  {
    policy: 'every Deployment may lose one pod',
    how: (all) => all.splice(all.indexOf(of(all, 'PodDisruptionBudget', '-export')), 1),
  },
  {
    policy: 'a budget is about pods',
    how: (all) =>
      Object.assign(spec(all, 'PodDisruptionBudget').selector?.matchLabels ?? {}, {
        'app.kubernetes.io/component': 'x',
      }),
  },
  {
    policy: 'a scaler’s target is there',
    how: (all) => Object.assign(spec(all, 'ScaledObject').scaleTargetRef ?? {}, { name: 'x' }),
  },
  {
    policy: 'who is scaled has one scaler',
    how: (all) => Object.assign(spec(all, 'Deployment', '-enrich'), { replicas: 2 }),
  },
  {
    policy: 'a scaler never goes to none',
    how: (all) => Object.assign(spec(all, 'ScaledObject'), { minReplicaCount: 0 }),
  },
  {
    policy: 'a scaler asks for metrics that there are',
    how: (all) =>
      Object.assign(spec(all, 'ScaledObject').triggers?.[0]?.metadata ?? {}, {
        query: 'sum(leadgen_queue_jobs)',
      }),
  },
  {
    policy: 'alerts are about metrics that there are',
    how: (all) =>
      spec(all, 'PrometheusRule').groups?.push({
        name: 'x',
        rules: [{ record: 'a', expr: 'leadgen_renamed_total' }],
      }),
  },
  { policy: 'Prometheus asks every pod', how: (all) => container(all, 'enrich-web').ports?.pop() },
  {
    policy: 'a nightly run is one at a time',
    how: (all) => Object.assign(spec(all, 'CronJob'), { concurrencyPolicy: 'Allow' }),
  },
  { policy: 'a nightly run is known by', how: (all) => container(all, 'nightly').args?.splice(4, 2) },
  { policy: 'a process is told settings', how: (all) => setEnv(all, 'normalize', 'LEADGEN_CONCURENCY', '1') },
  {
    policy: 'what a pod takes from the chart’s own',
    how: (all) => all.splice(all.indexOf(of(all, 'PersistentVolumeClaim')), 1),
  },
  { policy: 'the pod of the test', how: (all) => delete of(all, 'Pod').metadata.annotations },
];

const network = (all: KubeObject[], name: string): NonNullable<KubeObject['spec']> =>
  spec(all, 'NetworkPolicy', `-${name}`);

const NETWORK: Breach[] = [
  { policy: 'nobody talks to a pod', how: (all) => network(all, 'default-deny').policyTypes?.pop() },
  { policy: 'no policy lets everybody in', how: (all) => delete network(all, 'api').ingress?.[0]?.from },
  {
    policy: 'metrics are read from Prometheus’s',
    how: (all) => network(all, 'metrics').ingress?.[0]?.from?.push({ podSelector: {} }),
  },
  {
    policy: 'the admin port is open to whom',
    how: (all) => network(all, 'api').ingress?.[0]?.ports?.push({ port: 9000, protocol: 'TCP' }),
  },
  { policy: 'every process reaches Redis', how: (all) => delete network(all, 'cell').egress },
  {
    policy: 'whoever asks the internet',
    how: (all) => network(all, 'crawler').egress?.[0]?.to?.[0]?.ipBlock?.except?.splice(4, 1),
  },
  {
    policy: 'only enrich and export ask',
    how: (all) => network(all, 'crawler').podSelector?.matchExpressions?.[0]?.values.push('normalize'),
  },
  {
    policy: 'Redis is reached by the cell’s',
    how: (all) => network(all, 'redis').ingress?.[0]?.from?.push({ namespaceSelector: {} }),
  },
  {
    policy: 'a Redis of the chart opens',
    how: (all) => network(all, 'redis').ingress?.[0]?.ports?.push({ port: 22, protocol: 'TCP' }),
  },
  { policy: 'the test reaches the API', how: (all) => network(all, 'api').ingress?.[0]?.from?.splice(0) },
];

export const BREACHES: readonly Breach[] = [...PODS, ...OBJECTS, ...NETWORK];
