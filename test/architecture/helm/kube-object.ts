/** As much of Kubernetes' objects as the policies look at. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels?: Labels; annotations?: Labels };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  automountServiceAccountToken?: boolean;
  spec?: KubeSpec;
}

export type Labels = Record<string, string>;

/** Members of all specs together: which has which is what the typed check is for. */
interface KubeSpec extends PodSpec {
  replicas?: number;
  selector?: LabelSelector & Labels;
  template?: PodTemplate;
  jobTemplate?: { spec: { backoffLimit?: number; activeDeadlineSeconds?: number; template: PodTemplate } };
  concurrencyPolicy?: string;
  serviceName?: string;
  type?: string;
  ports?: { name?: string; port: number; targetPort?: number | string }[];
  scaleTargetRef?: { apiVersion?: string; kind: string; name: string };
  minReplicas?: number;
  maxReplicas?: number;
  minReplicaCount?: number;
  maxReplicaCount?: number;
  triggers?: { type: string; metadata: Record<string, string> }[];
  podSelector?: LabelSelector;
  policyTypes?: string[];
  ingress?: { from?: Peer[]; ports?: { port: number; protocol: string }[] }[];
  egress?: { to?: Peer[]; ports?: { port: number; protocol: string }[] }[];
  rules?: {
    host?: string;
    http: { paths: { backend: { service: { name: string; port: { name?: string } } } }[] };
  }[];
  podMetricsEndpoints?: { port: string }[];
  endpoints?: { port: string }[];
  groups?: { name: string; rules: unknown[] }[];
  volumeClaimTemplates?: unknown[];
}

export interface LabelSelector {
  matchLabels?: Labels;
  matchExpressions?: { key: string; operator: string; values: string[] }[];
}

export interface Peer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: { cidr: string; except?: string[] };
}

export interface PodTemplate {
  metadata?: { labels?: Labels; annotations?: Labels };
  spec: PodSpec;
}

export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  enableServiceLinks?: boolean;
  hostNetwork?: boolean;
  restartPolicy?: string;
  terminationGracePeriodSeconds?: number;
  activeDeadlineSeconds?: number;
  securityContext?: SecurityContext;
  containers?: Container[];
  initContainers?: Container[];
  topologySpreadConstraints?: { labelSelector: LabelSelector }[];
  volumes?: Volume[];
}

interface Volume {
  name: string;
  secret?: { secretName: string; defaultMode?: number };
  configMap?: { name: string };
  persistentVolumeClaim?: { claimName: string };
  emptyDir?: { sizeLimit?: string };
  hostPath?: { path: string };
}

interface SecurityContext {
  runAsNonRoot?: boolean;
  runAsUser?: number;
  fsGroup?: number;
  seccompProfile?: { type: string };
  allowPrivilegeEscalation?: boolean;
  readOnlyRootFilesystem?: boolean;
  privileged?: boolean;
  capabilities?: { drop?: string[]; add?: string[] };
}

interface Probe {
  httpGet?: { path: string; port: string | number };
  exec?: { command: string[] };
  periodSeconds?: number;
  failureThreshold?: number;
}

export interface Container {
  name: string;
  image: string;
  args?: string[];
  command?: string[];
  securityContext?: SecurityContext;
  env?: { name: string; value?: string; valueFrom?: { secretKeyRef?: object; fieldRef?: object } }[];
  ports?: { name: string; containerPort: number; hostPort?: number }[];
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  lifecycle?: { preStop?: { sleep?: { seconds: number } } };
  volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[];
}

/** A pod that an object makes, and what it is called in complaints. */
export interface MadePod {
  what: string;
  kind: string;
  labels: Labels;
  spec: PodSpec;
}

export function podsOf(objects: readonly KubeObject[]): MadePod[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    const template =
      kind === 'Pod'
        ? { metadata, spec: spec as PodSpec }
        : kind === 'CronJob'
          ? spec?.jobTemplate?.spec.template
          : spec?.template;
    if (template === undefined) return [];
    return [
      {
        what: `${kind} ${metadata.name}`,
        kind,
        labels: template.metadata?.labels ?? {},
        spec: template.spec,
      },
    ];
  });
}

export function containersOf({ what, spec }: MadePod): { what: string; container: Container }[] {
  return [...(spec.initContainers ?? []), ...(spec.containers ?? [])].map((container) => ({
    what: `${what}, container ${container.name}`,
    container,
  }));
}

export function selects(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (selector === undefined) return false;
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  const within = (selector.matchExpressions ?? []).every(
    ({ key, operator, values }) => values.includes(labels[key] ?? '') === (operator === 'In'),
  );
  return equal && within;
}
