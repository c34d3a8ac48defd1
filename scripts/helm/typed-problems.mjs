// Reads { "name of a render": [objects] } from stdin and prints what Kubernetes', KEDA's and the Prometheus operator's own types
// refuse of them, as a JSON list of sentences: types and required members by their validators, members that there are not by the
// compiler, to which each object is a literal of its type.
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');
const K8S = 'kubernetes-models';
const MODELS = {
  'v1/ConfigMap': `${K8S}/v1/ConfigMap`,
  'v1/PersistentVolumeClaim': `${K8S}/v1/PersistentVolumeClaim`,
  'v1/Pod': `${K8S}/v1/Pod`,
  'v1/Secret': `${K8S}/v1/Secret`,
  'v1/Service': `${K8S}/v1/Service`,
  'v1/ServiceAccount': `${K8S}/v1/ServiceAccount`,
  'apps/v1/Deployment': `${K8S}/apps/v1/Deployment`,
  'apps/v1/StatefulSet': `${K8S}/apps/v1/StatefulSet`,
  'autoscaling/v2/HorizontalPodAutoscaler': `${K8S}/autoscaling/v2/HorizontalPodAutoscaler`,
  'batch/v1/CronJob': `${K8S}/batch/v1/CronJob`,
  'networking.k8s.io/v1/Ingress': `${K8S}/networking.k8s.io/v1/Ingress`,
  'networking.k8s.io/v1/NetworkPolicy': `${K8S}/networking.k8s.io/v1/NetworkPolicy`,
  'policy/v1/PodDisruptionBudget': `${K8S}/policy/v1/PodDisruptionBudget`,
  'keda.sh/v1alpha1/ScaledObject': '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject',
  'monitoring.coreos.com/v1/PodMonitor':
    '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor',
  'monitoring.coreos.com/v1/ServiceMonitor':
    '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor',
  'monitoring.coreos.com/v1/PrometheusRule':
    '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule',
};

const objects = distinct(JSON.parse(await text(process.stdin)));
const problems = [...(await invalid(objects)), ...unknownMembers(objects)];
console.log(JSON.stringify(problems));

/** The same object in several renders is looked at once. */
function distinct(renders) {
  const byText = new Map();
  for (const [render, list] of Object.entries(renders)) {
    for (const object of list) {
      const literal = JSON.stringify(object, null, 1);
      const type = `${object.apiVersion}/${object.kind}`;
      const what = `${render}: ${object.kind} ${object.metadata?.name}`;
      if (!byText.has(literal)) byText.set(literal, { object, literal, type, what });
    }
  }
  return [...byText.values()];
}

async function invalid(list) {
  const found = [];
  for (const { object, type, what } of list) {
    const path = MODELS[type];
    if (path === undefined) {
      found.push(`${what}: ${type} is not known to scripts/helm/typed-problems.mjs`);
      continue;
    }
    const { [object.kind]: Model } = await import(path);
    try {
      new Model(object).validate();
    } catch (error) {
      found.push(`${what}: ${error.message}`);
    }
  }
  return found;
}

function unknownMembers(list) {
  const known = list.filter(({ type }) => MODELS[type] !== undefined);
  const types = [...new Set(known.map(({ type }) => type))];
  const file = join(ROOT, 'rendered-objects.ts');
  const imports = types.map((type) => `import type { I${type.split('/').at(-1)} } from '${MODELS[type]}';`);
  const starts = [];
  let source = `${imports.join('\n')}\n`;
  for (const { object, literal } of known) {
    starts.push(source.length);
    source += `export const o${starts.length}: I${object.kind} = ${literal};\n`;
  }
  const owner = (position) => known[starts.findLastIndex((start) => start <= position)]?.what ?? 'imports';
  return typeErrors(file, source).map(
    ({ start, messageText }) => `${owner(start)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  );
}

function typeErrors(file, source) {
  const options = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, source, {
          languageVersion: ts.ScriptTarget.ESNext,
          impliedNodeFormat: ts.ModuleKind.ESNext,
        })
      : getSourceFile(name, ...rest);
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? source : readFile(name));
  const program = ts.createProgram([file], options, host);
  const sourceFile = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(sourceFile), ...program.getSemanticDiagnostics(sourceFile)];
}
