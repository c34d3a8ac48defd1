import { z } from 'zod';

/** One environment variable, declared once: parsed from here, documented in `docs/env.md` and `.env.example` from here. */
export interface EnvVariable<T extends z.ZodType = z.ZodType> {
  name: string;
  schema: T;
  /** As written in an env file; absent means "not set". */
  defaultText?: string;
  description: string;
  /** Printed as `[redacted]`, and readable from the file that `<NAME>_FILE` names. */
  secret?: boolean;
}

/** Keeps the variable's own type, so that the parsed settings know which have a default. */
export function envVariable<const V extends EnvVariable>(variable: V): V {
  return variable;
}

/** `1`/`true`/`yes`/`on` and their opposites, any case; anything else is refused. */
export const flagSchema = z.stringbool({
  truthy: ['1', 'true', 'yes', 'on'],
  falsy: ['0', 'false', 'no', 'off'],
});

export const portSchema = z.coerce.number().int().min(0).max(65_535);

export const positiveIntSchema = z.coerce.number().int().min(1);

/** Host names with commas between; compared without their case. */
export const hostListSchema = z
  .string()
  .toLowerCase()
  .transform((text) => text.split(',').map((host) => host.trim()))
  .pipe(
    z.array(
      z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,253}[a-z0-9])?$|^\[[0-9a-f:.]+\]$/, {
        error: 'list host names without ports, e.g. leads.example.com,10.0.0.7',
      }),
    ),
  );

/** The name of a token's claim; a dot is part of the name (`https://acme.example/tenant` is one, too). */
export const claimSchema = z.string().min(1).max(128);

/** Where traces are sent. A key belongs into the headers: this URL is no secret. */
export const otlpUrlSchema = z
  .url({ protocol: /^https?$/, error: 'must be http://… or https://…' })
  .refine((text) => !URL.canParse(text) || isPlainUrl(new URL(text)), {
    error: 'must have no user, password, query or fragment: a key goes into OTEL_EXPORTER_OTLP_HEADERS',
  });

function isPlainUrl({ username, password, search, hash }: URL): boolean {
  return `${username}${password}${search}${hash}` === '';
}

/** Keys that prove who somebody is must not come over a line where anybody can change them. */
export function isHttpsOrLoopback(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

/** Passwords that come with an example or are tried first by everybody. */
const KNOWN_PASSWORDS = new Set([
  'admin',
  'changeme',
  'change-me',
  'default',
  'leadgen',
  'password',
  'redis',
  'secret',
  'test',
]);

/** False for a URL whose password everybody knows; one without a password is judged by where it leads, not here. */
export function hasNoKnownPassword(text: string): boolean {
  return !URL.canParse(text) || !KNOWN_PASSWORDS.has(new URL(text).password.toLowerCase());
}
