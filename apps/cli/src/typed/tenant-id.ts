import { appError, tenantIdSchema } from '#libs/contracts';

/** The tenant of `--tenant-id`. Throws `usage` naming the flag and, for one that cannot be, why. */
export function typedTenant(text: string | undefined): string {
  if (text === undefined || text === '') throw appError('usage', 'whose? pass --tenant-id <id>');
  const tenant = tenantIdSchema.safeParse(text);
  if (tenant.success) return tenant.data;
  throw appError(
    'usage',
    `--tenant-id ${text}: ${tenant.error.issues[0]?.message ?? 'this is no tenant id'}`,
  );
}
