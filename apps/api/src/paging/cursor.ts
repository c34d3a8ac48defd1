import { type z } from 'zod';
import { appError } from '#libs/contracts';

/** Where a page ended, as text a client hands back and does not read: base64url of JSON. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The position of a cursor we made; throws `invalid_request` for anything else. */
export function decodeCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  let position: unknown;
  try {
    position = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw invalidCursor(cause);
  }
  const parsed = schema.safeParse(position);
  if (!parsed.success) throw invalidCursor(parsed.error);
  return parsed.data;
}

/** For a cursor that we never made. */
export function invalidCursor(cause: unknown): Error {
  return appError(
    'invalid_request',
    'cursor: hand back the `next_cursor` of the page before, unchanged, or leave it out to start anew',
    { cause },
  );
}
