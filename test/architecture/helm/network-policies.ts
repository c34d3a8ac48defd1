import { podsOf, selects, type KubeObject, type MadePod, type Peer } from './kube-object';
import type { Policy } from './policy';

const ADMIN_PORT = 9000;
const METRICS_PORT = 9464;
const MUST_EXCEPT = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
  'fe80::/10',
];

interface Rule {
  policy: string;
  peers: Peer[] | undefined;
  ports: number[] | undefined;
}

const policies = (objects: readonly KubeObject[]): KubeObject[] =>
  objects.filter(({ kind }) => kind === 'NetworkPolicy');

/** What a pod may take or send, by all policies that are about it. */
function rules(objects: readonly KubeObject[], pod: MadePod, way: 'ingress' | 'egress'): Rule[] {
  return policies(objects)
    .filter(({ spec }) => selects(spec?.podSelector ?? {}, pod.labels))
    .flatMap(({ metadata, spec }) =>
      (spec?.[way] ?? []).map((rule) => ({
        policy: metadata.name,
        peers: 'from' in rule ? rule.from : 'to' in rule ? rule.to : undefined,
        ports: rule.ports?.map(({ port }) => port),
      })),
    );
}

const opens = ({ ports }: Rule, port: number): boolean => ports === undefined || ports.includes(port);
const isApp = ({ labels }: MadePod): boolean => labels['leadgen-role'] === 'app';
const stage = ({ labels }: MadePod): string => labels['app.kubernetes.io/component'] ?? '';

function tracesOutside({ spec }: MadePod): boolean {
  const variables = (spec.containers ?? []).flatMap(({ env = [] }) => env);
  return variables.some(
    ({ name, value }) => name === 'OTEL_EXPORTER_OTLP_ENDPOINT' && value?.startsWith('https://') === true,
  );
}

/** A policy about each pod's traffic. */
function eachPod(
  name: string,
  complaint: (pod: MadePod, objects: readonly KubeObject[]) => string | undefined,
): Policy {
  return {
    name,
    complaints: (objects) =>
      podsOf(objects).flatMap((pod) => {
        const said = complaint(pod, objects);
        return said === undefined ? [] : [`${pod.what}: ${said}`];
      }),
  };
}

const blocks = (objects: readonly KubeObject[]): { policy: string; cidr: string; except: string[] }[] =>
  policies(objects).flatMap(({ metadata, spec }) =>
    (spec?.egress ?? []).flatMap(({ to = [] }) =>
      to.flatMap(({ ipBlock }) =>
        ipBlock === undefined
          ? []
          : [{ policy: metadata.name, cidr: ipBlock.cidr, except: ipBlock.except ?? [] }],
      ),
    ),
  );

export const NETWORK_POLICIES: readonly Policy[] = [
  eachPod('nobody talks to a pod, nor it to anybody, unless a policy says so', (pod, objects) => {
    const denies = policies(objects).some(
      ({ spec }) =>
        selects(spec?.podSelector, pod.labels) &&
        spec?.policyTypes?.includes('Ingress') === true &&
        spec.policyTypes.includes('Egress') &&
        spec.ingress === undefined &&
        spec.egress === undefined,
    );
    return denies ? undefined : 'no policy denies';
  }),
  {
    name: 'no policy lets everybody in, or out to everywhere on every port',
    complaints: (objects) =>
      policies(objects).flatMap(({ metadata, spec }) =>
        [
          ...(spec?.ingress ?? []).map(({ from, ports }) => [from, ports]),
          ...(spec?.egress ?? []).map(({ to, ports }) => [to, ports]),
        ]
          .filter(([peers, ports]) => peers === undefined || peers.length === 0 || ports === undefined)
          .map(() => metadata.name),
      ),
  },
  eachPod('metrics are read from Prometheus’s namespace only', (pod, objects) => {
    const into = rules(objects, pod, 'ingress').filter((rule) => opens(rule, METRICS_PORT));
    return into.find(
      ({ peers = [] }) =>
        peers.length !== 1 || Object.keys(peers[0]?.namespaceSelector?.matchLabels ?? {}).length === 0,
    )?.policy;
  }),
  eachPod('the admin port is open to whom the values name, by a policy of its own', (pod, objects) => {
    const into = rules(objects, pod, 'ingress').filter((rule) => opens(rule, ADMIN_PORT));
    return into.find(({ policy }) => !policy.endsWith('-admin'))?.policy;
  }),
  eachPod('every process reaches Redis and the cluster’s DNS', (pod, objects) => {
    if (!isApp(pod)) return undefined;
    const out = rules(objects, pod, 'egress');
    const dns = out.some((rule) => opens(rule, 53));
    const redis = out.some((rule) => rule.policy.endsWith('-cell') && (rule.peers ?? []).length > 0);
    return dns && redis ? undefined : 'it does not';
  }),
  {
    name: 'whoever asks the internet is kept from all that is private',
    complaints: (objects) =>
      blocks(objects)
        .filter(({ policy }) => /-(internet|crawler|traces)$/.test(policy))
        .flatMap(({ policy, cidr, except }) => {
          const six = cidr.includes(':');
          const missing = MUST_EXCEPT.filter(
            (range) => range.includes(':') === six && !except.includes(range),
          );
          return missing.length === 0 ? [] : [`${policy} does not except ${missing.join(', ')}`];
        }),
  },
  eachPod(
    'only enrich and export ask the internet, only enrich without TLS, and who tells traces there',
    (pod, objects) => {
      const internet = rules(objects, pod, 'egress').filter(({ peers = [] }) =>
        peers.some(({ ipBlock }) => (ipBlock?.except ?? []).length > 0),
      );
      const enrich = /^enrich(-|$)/.test(stage(pod));
      const asks = enrich || stage(pod) === 'export' || tracesOutside(pod);
      const allowed = [...(asks ? [443] : []), ...(enrich ? [80] : [])];
      const stray = internet.flatMap(({ ports = [] }) => ports).filter((port) => !allowed.includes(port));
      const missing = allowed.filter((port) => !internet.some((rule) => opens(rule, port)));
      return stray.length + missing.length === 0
        ? undefined
        : `stray ${stray.join()}, missing ${missing.join()}`;
    },
  ),
  eachPod('Redis is reached by the cell’s processes and by Redis only', (pod, objects) => {
    if (pod.labels['leadgen-role'] !== 'redis') return undefined;
    const peers = rules(objects, pod, 'ingress').flatMap(({ peers: from = [] }) => from);
    const strange = peers.filter(
      ({ podSelector, namespaceSelector, ipBlock }) =>
        namespaceSelector !== undefined ||
        ipBlock !== undefined ||
        Object.keys(podSelector?.matchLabels ?? {}).length < 3,
    );
    return peers.length > 0 && strange.length === 0 ? undefined : 'others do, or nobody does';
  }),
  eachPod('a Redis of the chart opens no port that it is not asked on', (pod, objects) => {
    if (pod.labels['leadgen-role'] !== 'redis') return undefined;
    const open = rules(objects, pod, 'ingress').flatMap(({ ports = [] }) => ports);
    const has = (pod.spec.containers ?? []).flatMap(({ ports = [] }) =>
      ports.map(({ containerPort }) => containerPort),
    );
    return open.toSorted().join() === has.toSorted().join() ? undefined : `${open.join()} of ${has.join()}`;
  }),
  eachPod('the test reaches the API, and the API takes it', (pod, objects) => {
    if (stage(pod) !== 'test') return undefined;
    const api = podsOf(objects).find((other) => stage(other) === 'api');
    const reaches = (rule: Rule, of: MadePod): boolean =>
      opens(rule, 3000) &&
      (rule.peers ?? []).some(({ podSelector }) => podSelector && selects(podSelector, of.labels));
    const out = api && rules(objects, pod, 'egress').some((rule) => reaches(rule, api));
    const into = api && rules(objects, api, 'ingress').some((rule) => reaches(rule, pod));
    return out === true && into === true ? undefined : 'no';
  }),
];
