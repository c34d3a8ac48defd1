import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { appError } from '#libs/contracts';
import { toError } from '#libs/kernel';
import { ENV_CATALOGUE } from './env-catalogue';
import type { EnvVariable } from './env-variable';
import { readJsonFile } from './json-file';
import { misspeltSettings } from './misspelt-settings';
import { releaseVersion } from './release-version';
import { vendorOverridesSchema, type VendorOverrides } from './vendor-overrides';
import { tenantSettingsSchema, type TenantSettings } from './tenant-settings';
import { readVendorSettings, vendorVariables, type VendorSettings } from './vendor-settings';

export type Env = Readonly<Record<string, string | undefined>>;

type Catalogue = typeof ENV_CATALOGUE;
type Value<V> = V extends { schema: infer S extends z.ZodType }
  ? V extends { defaultText: string }
    ? z.output<S>
    : z.output<S> | undefined
  : never;
type Parsed = {
  readonly [Concern in keyof Catalogue]: {
    readonly [Key in keyof Catalogue[Concern]]: Value<Catalogue[Concern][Key]>;
  };
};

/** Everything a process may know of its environment: parsed, typed, frozen. */
export interface Settings extends Parsed {
  /** By vendor id in lower case. */
  readonly vendors: Readonly<Record<string, VendorSettings>>;
  /** By vendor id; from the file of `vendorPlans.file`. */
  readonly vendorOverrides: VendorOverrides;
  /** From the file of `tenantTerms.file`; ask it with `tenantTerms`. */
  readonly tenants: TenantSettings;
  /** Resolved from `storage.dir` and `runtime.dataDir`. */
  readonly storageDir: string;
  /** The release: `runtime.version`, else what package.json says. */
  readonly version: string;
  /** What whoever starts the process must be told: variables that look like settings and are none. */
  readonly warnings: readonly string[];
}

/**
 * Reads settings from an environment (default: the process's own), some variables replaced by `overrides`.
 * Throws `config_invalid` naming every problem at once, never a secret's value.
 */
export function loadSettings(environment: Env = process.env, overrides: Env = {}): Settings {
  const env = { ...environment, ...overrides };
  const problems: string[] = [];
  const concerns = Object.entries(ENV_CATALOGUE).map(([concern, variables]) => [
    concern,
    Object.freeze(parseConcern(variables, env, problems)),
  ]);
  const vendors = readVendorSettings((name, secret) => readText(env, name, secret, problems), env);
  const parsed = Object.fromEntries(concerns) as Parsed;
  const vendorOverrides = readVendorOverrides(parsed.vendorPlans.file, problems);
  const tenants = readTenants(parsed.tenantTerms.file, problems);
  if (problems.length > 0) {
    throw appError(
      'config_invalid',
      `${problems.length} setting(s) to correct (docs/env.md lists all):\n  ${problems.join('\n  ')}`,
    );
  }
  const dataDir = resolve(parsed.runtime.dataDir);
  return Object.freeze({
    ...parsed,
    runtime: Object.freeze({ ...parsed.runtime, dataDir }),
    vendors,
    vendorOverrides,
    tenants,
    storageDir: resolve(parsed.storage.dir ?? `${dataDir}/objects`),
    version: parsed.runtime.version ?? releaseVersion(),
    warnings: misspeltSettings(Object.keys(env), namesRead(env)),
  });
}

/** Every name that is read from this environment, as far as it can be known. */
function namesRead(env: Env): Set<string> {
  const concerns = Object.values<Readonly<Record<string, EnvVariable>>>(ENV_CATALOGUE);
  const variables = concerns.flatMap((concern) => Object.values(concern));
  const own = variables.flatMap(({ name, secret }) => (secret === true ? [name, `${name}_FILE`] : [name]));
  return new Set([...own, ...vendorVariables(Object.keys(env))]);
}

function readVendorOverrides(file: string | undefined, problems: string[]): VendorOverrides {
  if (file === undefined) return {};
  return readJsonFile(ENV_CATALOGUE.vendorPlans.file.name, file, vendorOverridesSchema, problems) ?? {};
}

function readTenants(file: string | undefined, problems: string[]): TenantSettings {
  const variable = ENV_CATALOGUE.tenantTerms.file.name;
  const read = file === undefined ? undefined : readJsonFile(variable, file, tenantSettingsSchema, problems);
  return read ?? tenantSettingsSchema.parse({});
}

function parseConcern(
  variables: Readonly<Record<string, EnvVariable>>,
  env: Env,
  problems: string[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries(variables)) {
    const text = readText(env, variable.name, variable.secret === true, problems) ?? variable.defaultText;
    if (text === undefined) continue;
    const result = variable.schema.safeParse(text);
    if (result.success) {
      values[key] = result.data;
    } else {
      const shown = variable.secret === true ? '[redacted]' : JSON.stringify(text);
      const why = result.error.issues.map((issue) => issue.message).join('; ');
      problems.push(`${variable.name}=${shown}: ${why}`);
    }
  }
  return values;
}

/** A variable's text; an empty one counts as not set. A secret may come from the file `<NAME>_FILE`. */
function readText(env: Env, name: string, secret: boolean, problems: string[]): string | undefined {
  const direct = env[name];
  if (direct !== undefined && direct !== '') return direct;
  const file = secret ? env[`${name}_FILE`] : undefined;
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    problems.push(`${name}_FILE=${JSON.stringify(file)}: cannot be read (${toError(error).message})`);
    return undefined;
  }
}
