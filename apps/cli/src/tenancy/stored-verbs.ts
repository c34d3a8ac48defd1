import { z } from 'zod';
import { appError, EXCLUSION_KINDS, tenantProfileSchema, type Exclusion } from '#libs/contracts';
import { canonicalExclusion, parseIcp } from '#libs/domain';
import { counted, toError } from '#libs/kernel';
import type { ActorOptions } from '../audit/actor';
import type { Outcome, Verb } from '../output/verb';
import { typedText } from '../typed/text-file';
import { typedTenant } from '../typed/tenant-id';
import { withTenancy, type TenancyCell } from './tenancy-cell';

/** What may be typed behind the verbs, not checked yet. */
export interface StoredOptions extends ActorOptions {
  json?: boolean;
  tenantId?: string;
  file?: string;
}

/** What a tenant can store. */
export const STORED = ['icp', 'profile', 'exclusions'] as const;
type Stored = (typeof STORED)[number];

const givenProfileSchema = z.strictObject({
  name: tenantProfileSchema.shape.name.default(null),
  website: tenantProfileSchema.shape.website.default(null),
  offering: tenantProfileSchema.shape.offering.default(null),
  text: tenantProfileSchema.shape.text.default(null),
});
const givenExclusionsSchema = z.array(
  z.strictObject({
    kind: z.enum(EXCLUSION_KINDS),
    domain: z.string().max(500).nullish(),
    name: z.string().max(300).nullish(),
  }),
);

/** Prints what a tenant has stored, as `set` takes it. */
export function get(what: Stored): Verb<StoredOptions> {
  return (options, context) => {
    const tenantId = typedTenant(options.tenantId);
    return withTenancy(context, {}, async (cell) => {
      const { value, version, updatedAt } = await storedOf(what, tenantId, cell);
      const message =
        version === 0 ? `${tenantId} has stored no ${what}` : `${what} of ${tenantId}, version ${version}`;
      return { text: JSON.stringify(value, null, 2), message, [what]: value, version, updated_at: updatedAt };
    });
  };
}

/** Replaces what a tenant has stored by a file's content. */
export function set(what: Stored): Verb<StoredOptions> {
  return async (options, context) => {
    const tenantId = typedTenant(options.tenantId);
    const value = jsonOf(await typedText(options.file));
    const write = writing(what, value);
    return withTenancy(context, options, (cell) => write(tenantId, cell));
  };
}

async function storedOf(
  what: Stored,
  tenantId: string,
  { documents, exclusions }: TenancyCell,
): Promise<{ value: unknown; version: number; updatedAt: string | null }> {
  if (what !== 'exclusions') return documents.read(tenantId, what);
  const { version, updatedAt } = await exclusions.standing(tenantId);
  const entries: Omit<Exclusion, 'id'>[] = [];
  for await (const { kind, domain, name } of exclusions.all(tenantId)) entries.push({ kind, domain, name });
  return { value: entries, version, updatedAt };
}

/** Checks the value before anything connects. Throws `usage`, or `invalid_icp`. */
function writing(what: Stored, value: unknown): (tenantId: string, cell: TenancyCell) => Promise<Outcome> {
  switch (what) {
    case 'icp': {
      const icp = value === null ? null : parseIcp(value);
      return async (tenantId, { documents, audit, actor }) => {
        const { version } = await documents.write(tenantId, 'icp', icp);
        const members = icp === null ? 'none' : Object.keys(icp).join(' ');
        const details = { version, members };
        await audit.record({ tenantId, actor, action: 'tenant.icp_changed', target: 'icp', details });
        return stored(`The ICP of ${tenantId} is ${icp === null ? 'taken back' : 'stored'}`, { version });
      };
    }
    case 'profile': {
      const profile = value === null ? null : checked(givenProfileSchema, value);
      return async (tenantId, { documents, audit, actor }) => {
        const { version } = await documents.write(tenantId, 'profile', profile);
        const details = { version };
        await audit.record({ tenantId, actor, action: 'tenant.profile_changed', target: 'profile', details });
        return stored(`The profile of ${tenantId} is ${profile === null ? 'taken back' : 'stored'}`, {
          version,
        });
      };
    }
    case 'exclusions': {
      const list = exclusionsOf(checked(givenExclusionsSchema, value));
      return async (tenantId, { exclusions, audit, actor }) => {
        const { version, count, removed } = await exclusions.replace(tenantId, list, 'any');
        const details = { version, count, removed };
        await audit.record({
          tenantId,
          actor,
          action: 'tenant.exclusions_changed',
          target: 'exclusions',
          details,
        });
        return stored(`${tenantId} excludes ${counted(count, 'entry', 'entries')}`, { version, count });
      };
    }
  }
}

function stored(message: string, members: Record<string, number>): Outcome {
  return { text: message, message, ...members };
}

function exclusionsOf(given: z.output<typeof givenExclusionsSchema>): Exclusion[] {
  return given.map((entry, i) => {
    const { kind, domain = null, name = null } = entry;
    const made = canonicalExclusion({ kind, domain, name });
    if ('problem' in made) throw appError('usage', `--file: entry ${i + 1}: ${made.problem}`);
    return made;
  });
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  throw appError('usage', `--file: ${problems.join('; ')}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw appError('usage', `--file: not JSON (${toError(error).message})`, { cause: error });
  }
}
