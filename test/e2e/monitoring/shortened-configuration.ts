import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

const OPS = join(__dirname, '../../../ops');

/**
 * The shipped rules and configurations with nothing changed but times and addresses, so that a test does not wait for hours:
 * how long an alert must hold (`for`) is divided by 240, an hour becomes 15 s; the stretches that rates are taken over by 30, ten
 * minutes become 20 s; everybody looks every second. Thresholds, labels, texts, routes and inhibitions are as shipped.
 */
const HOLDS_BY = 240;
const RANGES_BY = 30;
const LOOK = '1s';
/** Of fewer samples than these there is no rate. */
const RANGE_MS_MIN = 5_000;

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function milliseconds(duration: string): number {
  const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  const unitMs = UNIT_MS[unit];
  if (unitMs === undefined) throw new Error(`no duration of one unit: ${duration}`);
  return Number(count) * unitMs;
}

interface Rule {
  expr: string;
  for?: string;
}

interface Rules {
  groups: { interval?: string; rules: Rule[] }[];
}

/** `ops/prometheus/leadgen.rules.yml`, shortened. */
export function shortenedRules(): string {
  const rules = read('prometheus/leadgen.rules.yml') as Rules;
  return stringify({
    groups: rules.groups.map((group) => ({
      ...group,
      interval: LOOK,
      rules: group.rules.map((rule) => ({
        ...rule,
        expr: rule.expr.replaceAll(/\[(\w+)\]/g, (_all, range: string) => {
          return `[${Math.max(RANGE_MS_MIN, Math.round(milliseconds(range) / RANGES_BY))}ms]`;
        }),
        ...(rule.for !== undefined && { for: `${Math.round(milliseconds(rule.for) / HOLDS_BY)}ms` }),
      })),
    })),
  });
}

interface Scrape {
  job_name: string;
  relabel_configs: unknown;
}

/** `ops/prometheus/prometheus.yml`, which finds the targets of a job in a file instead of by name. */
export function localPrometheus(options: {
  rulesFile: string;
  targetsOf: (job: string) => string;
  alertmanager: string;
}): string {
  const shipped = read('prometheus/prometheus.yml') as { scrape_configs: Scrape[] };
  return stringify({
    global: { scrape_interval: LOOK, scrape_timeout: LOOK, evaluation_interval: LOOK },
    rule_files: [options.rulesFile],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [options.alertmanager] }] }] },
    scrape_configs: shipped.scrape_configs.map(({ job_name: job, relabel_configs }) => ({
      job_name: job,
      file_sd_configs: [{ files: [options.targetsOf(job)], refresh_interval: LOOK }],
      relabel_configs,
    })),
  });
}

interface Route {
  group_wait?: string;
  group_interval?: string;
  routes?: Route[];
}

interface Receiver {
  name: string;
  webhook_configs: { url: string }[];
}

/** `ops/alertmanager/alertmanager.yml`, whose receivers are all at `receiver`. */
export function localAlertmanager(receiver: string): string {
  const shipped = read('alertmanager/alertmanager.yml') as { route: Route; receivers: Receiver[] };
  const quick = (route: Route): Route => ({
    ...route,
    group_wait: LOOK,
    group_interval: LOOK,
    ...(route.routes && { routes: route.routes.map(quick) }),
  });
  return stringify({
    ...shipped,
    route: quick(shipped.route),
    receivers: shipped.receivers.map((one) => ({
      ...one,
      webhook_configs: one.webhook_configs.map((hook) => ({ ...hook, url: `${receiver}/${one.name}` })),
    })),
  });
}

function read(path: string): unknown {
  return parse(readFileSync(join(OPS, path), 'utf8'));
}
