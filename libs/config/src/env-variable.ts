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
