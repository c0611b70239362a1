// An ICC profile starts with 128 bytes of header, then a count and a table of (signature, offset, size) of 12 bytes
// each. The name is under 'desc': ASCII in version 2 ('desc' type), UTF-16 big endian in version 4 ('mluc' type).
const headerBytes = 128;
const maxTags = 100;
const maxNameLength = 100;

/** The profile's own name ("Adobe RGB (1998)"), null when it does not say. */
export function readProfileName(profile: Buffer): string | null {
  if (profile.length < headerBytes + 4) return null;
  const tagCount = Math.min(profile.readUInt32BE(headerBytes), maxTags);
  for (let index = 0; index < tagCount; index++) {
    const entry = headerBytes + 4 + 12 * index;
    if (entry + 12 > profile.length) return null;
    if (profile.toString('latin1', entry, entry + 4) !== 'desc') continue;
    const start = profile.readUInt32BE(entry + 4);
    return nameIn(profile.subarray(start, start + profile.readUInt32BE(entry + 8)));
  }
  return null;
}

function nameIn(tag: Buffer): string | null {
  const type = tag.toString('latin1', 0, 4);
  if (type === 'desc' && tag.length >= 12)
    return cleanName(tag.toString('latin1', 12, 12 + tag.readUInt32BE(8)));
  if (type !== 'mluc' || tag.length < 28) return null;
  const start = tag.readUInt32BE(24);
  const length = tag.readUInt32BE(20) & ~1;
  return cleanName(
    Buffer.from(tag.subarray(start, start + length))
      .swap16()
      .toString('utf16le'),
  );
}

function cleanName(name: string): string | null {
  const clean = name
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, maxNameLength);
  return clean === '' ? null : clean;
}
