import { z } from 'zod';

const PAIR = /^\s*([!#$%&'*+.^_`|~A-Za-z0-9-]+)\s*=\s*(.*?)\s*$/;

/**
 * Headers as OTEL_EXPORTER_OTLP_HEADERS has them, `name=value,name=value` with values percent-encoded where need be
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter/#specifying-headers-via-environment-variables).
 */
export const otlpHeadersSchema = z.string().transform((text, context): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const pair of text.split(',').filter((piece) => piece.trim() !== '')) {
    const [, name, value] = PAIR.exec(pair) ?? [];
    const decoded = value === undefined ? undefined : decode(value);
    if (name === undefined || decoded === undefined) {
      context.addIssue('write name=value, several with commas between, odd characters of values as %XX');
      return z.NEVER;
    }
    headers[name] = decoded;
  }
  return headers;
});

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
