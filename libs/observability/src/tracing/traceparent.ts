export interface TraceIds {
  /** 32 hex digits. */
  traceId: string;
  /** 16 hex digits. */
  spanId: string;
  /** Whoever began the trace decided that it is exported. */
  sampled: boolean;
}

const PATTERN = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Reads a `traceparent` (https://www.w3.org/TR/trace-context/#traceparent-header); `undefined` for what is none. */
export function parseTraceparent(text: string): TraceIds | undefined {
  const [, traceId, spanId, flags] = PATTERN.exec(text) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  // All zeros and version ff are invalid by the standard.
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId) || text.startsWith('ff')) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function formatTraceparent({ traceId, spanId, sampled }: TraceIds): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}
