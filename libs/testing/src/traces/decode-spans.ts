import { bytesOf, numberOf, protobufFields, textOf, type WireField } from './protobuf-fields';

type AttributeValue = string | number | boolean;

/** A span as it arrived. */
export interface ReceivedSpan {
  name: string;
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  traceId: string;
  spanId: string;
  /** '' for one that begins its trace. */
  parentId: string;
  startedMs: number;
  endedMs: number;
  attributes: Record<string, AttributeValue>;
  /** Of the process it came from. */
  resource: Record<string, AttributeValue>;
  links: { traceId: string; spanId: string }[];
  failed: boolean;
}

const KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const STATUS_ERROR = 2;

/**
 * The spans of an ExportTraceServiceRequest in protobuf
 * (https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto).
 */
export function decodeSpans(request: Buffer): ReceivedSpan[] {
  return bytesOf(protobufFields(request), 1).flatMap((resourceSpans) => {
    const fields = protobufFields(resourceSpans);
    const [resource = Buffer.alloc(0)] = bytesOf(fields, 1);
    const attributes = attributesOf(protobufFields(resource), 1);
    return bytesOf(fields, 2)
      .flatMap((scopeSpans) => bytesOf(protobufFields(scopeSpans), 2))
      .map((span) => decodeSpan(span, attributes));
  });
}

function decodeSpan(span: Buffer, resource: ReceivedSpan['resource']): ReceivedSpan {
  const fields = protobufFields(span);
  const [status = Buffer.alloc(0)] = bytesOf(fields, 15);
  return {
    name: textOf(fields, 5),
    kind: KINDS[numberOf(fields, 6)] ?? 'internal',
    traceId: hexOf(fields, 1),
    spanId: hexOf(fields, 2),
    parentId: hexOf(fields, 4),
    startedMs: nanosAsMs(fields, 7),
    endedMs: nanosAsMs(fields, 8),
    attributes: attributesOf(fields, 9),
    resource,
    links: bytesOf(fields, 13).map((link) => {
      const of = protobufFields(link);
      return { traceId: hexOf(of, 1), spanId: hexOf(of, 2) };
    }),
    failed: numberOf(protobufFields(status), 3) === STATUS_ERROR,
  };
}

function attributesOf(fields: readonly WireField[], number: number): Record<string, AttributeValue> {
  return Object.fromEntries(
    bytesOf(fields, number).map((pair) => {
      const of = protobufFields(pair);
      const [value = Buffer.alloc(0)] = bytesOf(of, 2);
      return [textOf(of, 1), valueOf(protobufFields(value))];
    }),
  );
}

function valueOf([field]: readonly WireField[]): AttributeValue {
  if (!field) return '';
  const { number, value } = field;
  if (typeof value === 'bigint') return number === 2 ? value === 1n : Number(BigInt.asIntN(64, value));
  return number === 4 ? value.readDoubleLE() : value.toString('utf8');
}

function hexOf(fields: readonly WireField[], number: number): string {
  return bytesOf(fields, number)[0]?.toString('hex') ?? '';
}

function nanosAsMs(fields: readonly WireField[], number: number): number {
  return Number(bytesOf(fields, number)[0]?.readBigUInt64LE() ?? 0n) / 1e6;
}
