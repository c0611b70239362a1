// A JPEG is a chain of segments: FF, a marker, a length of two bytes that counts itself, and the content. Keywords
// live in APP13: the text "Photoshop 3.0", then resources ("8BIM", id, padded name, size, padded content). Resource
// 0x0404 is IPTC: records of 1C, record number, dataset number, length of two bytes, text. Keywords are dataset 2:25.
const photoshopMark = 'Photoshop 3.0\0';
const iptcResourceId = 0x0404;
const keywordDataset = 25;
const maxKeywordBytes = 64;
const maxSegmentBytes = 65_533;
const maxSegments = 1000;
const utf8Declaration = Buffer.from([0x1c, 1, 90, 0, 3, 0x1b, 0x25, 0x47]);

interface Segment {
  marker: number;
  start: number;
  end: number;
}

/** The same JPEG with these keywords added, its picture untouched byte for byte. Null when it is not a JPEG whose
 *  segments can be followed, or when the keywords do not fit. */
export function addKeywords(jpeg: Buffer, keywords: string[]): Buffer | null {
  const segments = headerSegments(jpeg);
  if (!segments) return null;
  const old = segments.find(({ marker, start }) => marker === 0xed && startsWithMark(jpeg, start + 4));
  const resources = old ? readResources(jpeg.subarray(old.start + 4 + photoshopMark.length, old.end)) : [];
  if (!resources) return null;
  const iptc = resources.find(({ id }) => id === iptcResourceId);
  const others = resources.filter(({ id }) => id !== iptcResourceId);
  const content = Buffer.concat([
    Buffer.from(photoshopMark, 'latin1'),
    ...others.map(({ raw }) => raw),
    resourceOf(mergeKeywords(iptc?.content ?? Buffer.alloc(0), keywords)),
  ]);
  if (content.length > maxSegmentBytes) return null;
  const header = Buffer.from([0xff, 0xed, 0, 0]);
  header.writeUInt16BE(content.length + 2, 2);
  const place = old ?? { start: endOfLeadingApps(segments), end: endOfLeadingApps(segments) };
  return Buffer.concat([jpeg.subarray(0, place.start), header, content, jpeg.subarray(place.end)]);
}

/** The keywords a JPEG holds, in order. */
export function readKeywords(jpeg: Buffer): string[] {
  const segment = headerSegments(jpeg)?.find(
    ({ marker, start }) => marker === 0xed && startsWithMark(jpeg, start + 4),
  );
  if (!segment) return [];
  const resources = readResources(jpeg.subarray(segment.start + 4 + photoshopMark.length, segment.end)) ?? [];
  const iptc = resources.find(({ id }) => id === iptcResourceId)?.content ?? Buffer.alloc(0);
  return readDatasets(iptc).flatMap(({ record, dataset, value }) =>
    record === 2 && dataset === keywordDataset ? [value.toString('utf8')] : [],
  );
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

/** Keywords already there stay, none is written twice. */
function mergeKeywords(iptc: Buffer, keywords: string[]): Buffer {
  const datasets = readDatasets(iptc);
  const present = new Set(datasets.filter(isKeyword).map(({ value }) => value.toString('utf8')));
  const declared = datasets.some(({ record, dataset }) => record === 1 && dataset === 90);
  const added = keywords.filter((keyword) => !present.has(keyword)).map(keywordDatasetOf);
  const ascii = [...present].every((keyword) => /^[ -~]*$/.test(keyword));
  const declaration = !declared && datasets.length === 0 && ascii ? [utf8Declaration] : [];
  return Buffer.concat([...declaration, ...datasets.map(({ raw }) => raw), ...added]);
}

function isKeyword({ record, dataset }: { record: number; dataset: number }): boolean {
  return record === 2 && dataset === keywordDataset;
}

function keywordDatasetOf(keyword: string): Buffer {
  const value = Buffer.from(keyword, 'utf8').subarray(0, maxKeywordBytes);
  const header = Buffer.from([0x1c, 2, keywordDataset, 0, 0]);
  header.writeUInt16BE(value.length, 3);
  return Buffer.concat([header, value]);
}

function readDatasets(iptc: Buffer): { record: number; dataset: number; value: Buffer; raw: Buffer }[] {
  const datasets: { record: number; dataset: number; value: Buffer; raw: Buffer }[] = [];
  let at = 0;
  while (at + 5 <= iptc.length && iptc[at] === 0x1c) {
    const length = iptc.readUInt16BE(at + 3);
    const end = at + 5 + length;
    // The top bit announces an extended length, which no keyword needs: the rest is kept out rather than misread.
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
