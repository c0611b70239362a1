/** Writes protocol buffers (https://protobuf.dev/programming-guides/encoding): fields in the order of the calls. */
export class ProtobufMessage {
  readonly #parts: Uint8Array[] = [];

  /** A varint; negative numbers take ten bytes, as int64 does. */
  integer(field: number, value: number): this {
    this.#parts.push(varint(field * 8), varint(value));
    return this;
  }

  float(field: number, value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value);
    this.#parts.push(varint(field * 8 + 5), bytes);
    return this;
  }

  /** Text, raw bytes or a message within this one. */
  bytes(field: number, value: string | Uint8Array | ProtobufMessage): this {
    const content = value instanceof ProtobufMessage ? value.toBytes() : toBytes(value);
    this.#parts.push(varint(field * 8 + 2), varint(content.length), content);
    return this;
  }

  toBytes(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}

function toBytes(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
