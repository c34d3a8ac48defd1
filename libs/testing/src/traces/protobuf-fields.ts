/** A field of a protobuf message as it is on the wire; `bytes` of numbers of fixed length are as they came. */
export interface WireField {
  number: number;
  value: bigint | Buffer;
}

/**
 * Reads a message's fields (https://protobuf.dev/programming-guides/encoding/), by hand, so that what our exporter writes is not
 * read back by the code that wrote it. Throws `RangeError` where it is torn.
 */
export function protobufFields(message: Buffer): WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const bytes = (length: number): Buffer => {
    if (at + length > message.length) throw new RangeError('the message is torn');
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    switch (Number(tag & 7n)) {
      case 0:
        fields.push({ number, value: varint() });
        break;
      case 1:
        fields.push({ number, value: bytes(8) });
        break;
      case 2:
        fields.push({ number, value: bytes(Number(varint())) });
        break;
      case 5:
        fields.push({ number, value: bytes(4) });
        break;
      default:
        throw new RangeError(`wire type ${tag & 7n} is not in use`);
    }
  }
  return fields;
}

/** The bytes of every occurrence of a field. */
export function bytesOf(fields: readonly WireField[], number: number): Buffer[] {
  return fields.flatMap((field) =>
    field.number === number && Buffer.isBuffer(field.value) ? [field.value] : [],
  );
}

export function textOf(fields: readonly WireField[], number: number): string {
  return bytesOf(fields, number)[0]?.toString('utf8') ?? '';
}

export function numberOf(fields: readonly WireField[], number: number): number {
  const value = fields.find((field) => field.number === number)?.value;
  return typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0;
}
