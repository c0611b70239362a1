/**
 * The digits' probabilities of a read as bytes: each reading of the line, which the engine gives as base64 joined by full
 * stops, is preceded by its length in two bytes, the higher first. Null for none.
 */
export function packDigits(digitProbabilities: string): Uint8Array | null {
  if (digitProbabilities === '') return null;
  const readings = digitProbabilities.split('.').map((part) => Buffer.from(part, 'base64'));
  return Buffer.concat(readings.flatMap((bytes) => [twoBytes(bytes.length), bytes]));
}

/** The inverse, as the engine takes it. */
export function unpackDigits(packed: Uint8Array | null): string {
  const bytes = Buffer.from(packed ?? []);
  const readings: string[] = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const end = at + 2 + bytes.readUInt16BE(at);
    readings.push(bytes.subarray(at + 2, end).toString('base64'));
    at = end;
  }
  return readings.join('.');
}

function twoBytes(length: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(length);
  return bytes;
}
