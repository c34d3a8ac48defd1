import { parse } from 'yaml';
import { readRepositoryFile, repositoryFiles } from '../repository';

/** The rules that are held against the catalogue. */
export const RULES = 'ops/prometheus/leadgen.rules.yml';

export interface AlertRule {
  alert: string;
  expr: string;
  for: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
}

export interface RecordingRule {
  record: string;
  expr: string;
}

interface RuleFile {
  groups: { name: string; rules: (AlertRule | RecordingRule)[] }[];
}

export function readRules(text = readRepositoryFile(RULES)): {
  alerts: AlertRule[];
  records: RecordingRule[];
} {
  const rules = (parse(text) as RuleFile).groups.flatMap((group) => group.rules);
  return {
    alerts: rules.filter((rule): rule is AlertRule => 'alert' in rule),
    records: rules.filter((rule): rule is RecordingRule => 'record' in rule),
  };
}

/** A case of promtool's unit tests: the alert looked at, and the severities in which it fires there. */
export interface AlertTest {
  alert: string;
  firing: readonly string[];
}

interface TestFile {
  tests: {
    alert_rule_test: { alertname: string; exp_alerts: { exp_labels: { severity: string } }[] }[];
  }[];
}

export function readAlertTests(): AlertTest[] {
  const files = repositoryFiles().filter((path) => /^ops\/prometheus\/tests\/.*\.test\.yml$/.test(path));
  return files.flatMap((path) =>
    (parse(readRepositoryFile(path)) as TestFile).tests.flatMap((test) =>
      test.alert_rule_test.map(({ alertname, exp_alerts: expected }) => ({
        alert: alertname,
        firing: expected.map(({ exp_labels: { severity } }) => severity),
      })),
    ),
  );
}
