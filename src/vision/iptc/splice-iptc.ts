// A JPEG is a chain of segments: FF, a marker, a length of two bytes that counts itself, and the content. IPTC lives in
// APP13: the text "Photoshop 3.0", then resources ("8BIM", id, padded name, size, padded content). Resource 0x0404 is
// IPTC: records of 1C, record number, dataset number, length of two bytes, text.
const photoshopMark = 'Photoshop 3.0\0';
const iptcResourceId = 0x0404;
const maxSegmentBytes = 65_533;
const maxSegments = 1000;
const utf8Escape = '\x1b%G';

export interface Dataset {
  record: number;
  dataset: number;
  value: Buffer;
  raw: Buffer;
}

/** A text to have in record 2. */
export interface IptcText {
  dataset: number;
  text: string;
  /** What the standard allows; the rest is cut. */
  maxBytes: number;
}

/** New bytes in the place of old ones; everything before and after stays. */
export interface Splice {
  at: number;
  removed: number;
  inserted: Buffer;
}

interface Segment {
  marker: number;
  start: number;
  end: number;
}

/** Adds texts to what a JPEG says in IPTC. `jpeg` needs to hold its beginning alone, up to the picture. Null when its
 *  segments cannot be followed, or when the texts do not fit. */
export function spliceIptc(jpeg: Buffer, choose: (present: Dataset[]) => readonly IptcText[]): Splice | null {
  const segments = headerSegments(jpeg);
  if (!segments) return null;
  const old = findPhotoshop(jpeg, segments);
  const resources = old ? readResources(jpeg.subarray(old.start + 4 + photoshopMark.length, old.end)) : [];
  if (!resources) return null;
  const present = readDatasets(resources.find(({ id }) => id === iptcResourceId)?.content ?? Buffer.alloc(0));
  const others = resources.filter(({ id }) => id !== iptcResourceId);
  const content = Buffer.concat([
    Buffer.from(photoshopMark, 'latin1'),
    ...others.map(({ raw }) => raw),
    resourceOf(addTexts(present, choose(present))),
  ]);
  if (content.length > maxSegmentBytes) return null;
  const header = Buffer.from([0xff, 0xed, 0, 0]);
  header.writeUInt16BE(content.length + 2, 2);
  const place = old ?? { start: endOfLeadingApps(segments), end: endOfLeadingApps(segments) };
  return {
    at: place.start,
    removed: place.end - place.start,
    inserted: Buffer.concat([header, content]),
  };
}

/** What a JPEG says in IPTC, in order. */
export function readIptc(jpeg: Buffer): Dataset[] {
  const segments = headerSegments(jpeg);
  const segment = segments && findPhotoshop(jpeg, segments);
  if (!segment) return [];
  const resources = readResources(jpeg.subarray(segment.start + 4 + photoshopMark.length, segment.end)) ?? [];
  return readDatasets(resources.find(({ id }) => id === iptcResourceId)?.content ?? Buffer.alloc(0));
}

/** Texts of a block that says nothing else are UTF-8 and declared so; in another's block they keep to its letters. */
function addTexts(present: Dataset[], texts: readonly IptcText[]): Buffer {
  const declared = present.find(({ record, dataset }) => record === 1 && dataset === 90);
  const utf8 = present.length === 0 || declared?.value.toString('latin1') === utf8Escape;
  const declaration = present.length === 0 ? [datasetOf(1, 90, Buffer.from(utf8Escape, 'latin1'))] : [];
  const added = texts.map(({ dataset, text, maxBytes }) =>
    datasetOf(2, dataset, fitBytes(text, maxBytes, utf8 || !/^[\0-\xff]*$/.test(text))),
  );
  return Buffer.concat([...declaration, ...present.map(({ raw }) => raw), ...added]);
}

/** Never half a letter. */
function fitBytes(text: string, maxBytes: number, utf8: boolean): Buffer {
  if (!utf8) return Buffer.from(text.slice(0, maxBytes), 'latin1');
  let length = 0;
  const letters = [...text].filter((letter) => {
    length += Buffer.byteLength(letter);
    return length <= maxBytes;
  });
  return Buffer.from(letters.join(''), 'utf8');
}

function datasetOf(record: number, dataset: number, value: Buffer): Buffer {
  const header = Buffer.from([0x1c, record, dataset, 0, 0]);
  header.writeUInt16BE(value.length, 3);
  return Buffer.concat([header, value]);
}

function findPhotoshop(jpeg: Buffer, segments: Segment[]): Segment | undefined {
  return segments.find(({ marker, start }) => marker === 0xed && startsWithMark(jpeg, start + 4));
}

/** Segments up to the start of the picture; null when the chain is broken. */
function headerSegments(jpeg: Buffer): Segment[] | null {
  if (jpeg.length < 4 || jpeg.readUInt16BE(0) !== 0xffd8) return null;
  const segments: Segment[] = [];
  let at = 2;
  while (at + 4 <= jpeg.length && segments.length < maxSegments) {
    const marker = jpeg[at + 1] ?? 0;
    if (jpeg[at] !== 0xff) return null;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda) return segments;
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (end > jpeg.length) return null;
    segments.push({ marker, start: at, end });
    at = end;
  }
  return null;
}

function startsWithMark(jpeg: Buffer, at: number): boolean {
  return jpeg.toString('latin1', at, at + photoshopMark.length) === photoshopMark;
}

/** Readers expect JFIF and EXIF first. */
function endOfLeadingApps(segments: Segment[]): number {
  const leading = segments.findIndex(({ marker }) => marker !== 0xe0 && marker !== 0xe1);
  return (leading === -1 ? segments.at(-1)?.end : leading === 0 ? 2 : segments[leading - 1]?.end) ?? 2;
}

function readResources(bytes: Buffer): { id: number; content: Buffer; raw: Buffer }[] | null {
  const resources: { id: number; content: Buffer; raw: Buffer }[] = [];
  let at = 0;
  while (at + 12 <= bytes.length) {
    if (bytes.toString('latin1', at, at + 4) !== '8BIM') return null;
    const id = bytes.readUInt16BE(at + 4);
    const nameLength = 1 + (bytes[at + 6] ?? 0);
    const sizeAt = at + 6 + nameLength + (nameLength % 2);
    if (sizeAt + 4 > bytes.length) return null;
    const size = bytes.readUInt32BE(sizeAt);
    const end = sizeAt + 4 + size;
    if (end > bytes.length) return null;
    const padded = Math.min(end + (size % 2), bytes.length);
    resources.push({ id, content: bytes.subarray(sizeAt + 4, end), raw: bytes.subarray(at, padded) });
    at = padded;
  }
  return resources;
}

function resourceOf(iptc: Buffer): Buffer {
  const header = Buffer.alloc(12);
  header.write('8BIM', 'latin1');
  header.writeUInt16BE(iptcResourceId, 4);
  header.writeUInt32BE(iptc.length, 8);
  return Buffer.concat([header, iptc, Buffer.alloc(iptc.length % 2)]);
}

function readDatasets(iptc: Buffer): Dataset[] {
  const datasets: Dataset[] = [];
  let at = 0;
  while (at + 5 <= iptc.length && iptc[at] === 0x1c) {
    const length = iptc.readUInt16BE(at + 3);
    const end = at + 5 + length;
    // The top bit announces an extended length, which no text of ours needs: the rest is kept out rather than misread.
    if (length >= 0x8000 || end > iptc.length) break;
    datasets.push({
      record: iptc[at + 1] ?? 0,
      dataset: iptc[at + 2] ?? 0,
      value: iptc.subarray(at + 5, end),
      raw: iptc.subarray(at, end),
    });
    at = end;
  }
  return datasets;
}
