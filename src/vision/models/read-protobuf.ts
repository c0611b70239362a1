/** One field of a message. `raw` is the whole field as it stood, to be copied as it is. */
export interface ProtobufField {
  field: number;
  /** A number, or the content of a text, of bytes or of a message within. */
  value: number | Uint8Array;
  raw: Uint8Array;
}

/** The fields of a message in their order, for files that we trust. Integers beyond 2^53 lose their last bits in `value`. */
export function readProtobuf(bytes: Uint8Array): ProtobufField[] {
  const fields: ProtobufField[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; at < bytes.length; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const start = at;
    const tag = varint();
    const value = readValue(tag % 8);
    fields.push({ field: Math.floor(tag / 8), value, raw: bytes.subarray(start, at) });
  }
  return fields;

  function readValue(wireType: number): number | Uint8Array {
    if (wireType === 0) return varint();
    const length = wireType === 2 ? varint() : fixedLength(wireType);
    at += length;
    if (at > bytes.length) throw new Error('the message ends within a field');
    return bytes.subarray(at - length, at);
  }
}

function fixedLength(wireType: number): number {
  if (wireType === 1) return 8;
  if (wireType === 5) return 4;
  throw new Error(`wire type ${wireType} is not used by protocol buffers of version 3`);
}
