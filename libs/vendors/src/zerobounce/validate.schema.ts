import { z } from 'zod';

/** Documented statuses; an older release of the API spelt them with capitals. */
const statusSchema = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['valid', 'invalid', 'catch-all', 'unknown', 'spamtrap', 'abuse', 'do_not_mail']));
export type ValidateStatus = z.output<typeof statusSchema>;

/** What we read of `GET /v2/validate`: a verdict, or an error that also comes with status 200. */
export const validateSchema = z.union([
  z.object({ error: z.string().min(1) }),
  z.object({ status: statusSchema }),
]);
