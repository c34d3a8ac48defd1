import { z } from 'zod';

const LOOPBACK_HOST = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;

/** Origins of this machine, apart by commas, as `URL` writes them. */
export const originsSchema = z.string().transform((text, context): readonly string[] => {
  const given = text
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  for (const origin of given) {
    const url = URL.canParse(origin) ? new URL(origin) : undefined;
    if (url?.origin === origin && LOOPBACK_HOST.test(url.hostname)) continue;
    context.addIssue({
      code: 'custom',
      message: `${JSON.stringify(origin)} is no origin of this machine; write http://127.0.0.1:<port>`,
    });
  }
  return Object.freeze(given);
});
