import { z } from 'zod';

const KEY_BYTES = 32;
/** 32 random bytes have fewer different ones once in 10²⁰ keys; a word, a pattern or zeros always have. */
const DIFFERENT_BYTES_MIN = 16;

/** Keys in base64, separated by blanks, commas or line ends: the first seals, all open. The message never shows a key. */
export const sealingKeysSchema = z.string().transform((text, context): readonly string[] => {
  const keys = text.split(/[\s,]+/).filter((key) => key !== '');
  for (const [i, key] of keys.entries()) {
    const problem = keyProblem(key);
    if (problem !== null) context.addIssue({ code: 'custom', message: `key ${i + 1} ${problem}` });
  }
  return Object.freeze(keys);
});

/** One such key. The message never shows it. */
export const secretKeySchema = z
  .string()
  .trim()
  .superRefine((key, context) => {
    const problem = keyProblem(key);
    if (problem !== null) context.addIssue({ code: 'custom', message: `it ${problem}` });
  });

function keyProblem(key: string): string | null {
  const bytes = Buffer.from(key, 'base64');
  const isBase64 = bytes.toString('base64').replace(/=+$/, '') === key.replace(/=+$/, '');
  const problem = !isBase64
    ? 'is not base64'
    : bytes.length !== KEY_BYTES
      ? `has ${bytes.length} bytes`
      : new Set(bytes).size < DIFFERENT_BYTES_MIN
        ? 'is not random'
        : null;
  return problem && `${problem}; use ${KEY_BYTES} random bytes: openssl rand -base64 ${KEY_BYTES}`;
}
