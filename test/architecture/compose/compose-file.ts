import { parse } from 'yaml';
import { readRepositoryFile } from '../repository';

export interface ComposeService {
  image: string;
  command?: string[];
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  privileged?: boolean;
  security_opt?: string[];
  restart?: string;
  profiles?: string[];
  ports?: string[];
  volumes?: string[];
  tmpfs?: string[];
  networks?: string[];
  network_mode?: string;
  env_file?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  mem_limit?: string;
  cpus?: number;
  pids_limit?: number;
  stop_grace_period?: string;
}

export interface ComposeFile {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
  networks: Record<string, { internal?: boolean }>;
}

/** `docker-compose.yml` with its anchors followed. */
export function readComposeFile(): ComposeFile {
  return parse(readRepositoryFile('docker-compose.yml'), { merge: true }) as ComposeFile;
}

/** `${NAME:-default}` → `default`, as where nothing is set. */
export function withDefaults(text: string): string {
  return text.replace(/\$\{\w+:-([^}]*)\}/g, '$1');
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60 };

/** `40s` → 40. */
export function seconds(text: string): number {
  const [, count, unit = ''] = /^(\d+)([sm])$/.exec(text) ?? [];
  return Number(count) * (UNITS[unit] ?? Number.NaN);
}
