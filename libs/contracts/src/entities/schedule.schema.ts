import { z } from 'zod';

/** Names a schedule of a tenant; it is the thread of its runs, too, unless they are given one. Safe in keys and job ids. */
export const scheduleNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, {
  error: 'a schedule’s name is 1–63 letters, digits, "-" or "_", starting with a letter or digit',
});
