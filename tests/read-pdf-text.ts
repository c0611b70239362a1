import { inflateSync } from 'node:zlib';

/**
 * The text of a PDF that pdfkit wrote, in drawing order, one line for each piece: enough to tell what stands on it.
 * Each font's ToUnicode map tells which character a glyph is.
 */
export function readPdfText(pdf: Buffer): string {
  const objects = readObjects(pdf);
  const maps = new Map<string, Map<number, string>>();
  for (const [, body] of objects) {
    for (const [, name = '', font = ''] of body.head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.head ?? '')?.[1];
      if (map) maps.set(name, readMap(objects.get(map)?.stream ?? ''));
    }
  }
  const pages = [...objects.values()].filter(({ stream }) => /\bBT\b/.test(stream));
  return pages.map(({ stream }) => readStream(stream, maps)).join('\n');
}

interface PdfObject {
  head: string;
  stream: string;
}

function readObjects(pdf: Buffer): Map<string, PdfObject> {
  const raw = pdf.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const { 1: id = '', 2: head = '', index, 0: whole } of raw.matchAll(
    /(?:^|\n)(\d+) 0 obj\n([\s\S]*?)(?:\nendobj|\nstream\n)/g,
  )) {
    objects.set(id, {
      head,
      stream: whole.endsWith('stream\n') ? readBytes(pdf, head, index + whole.length) : '',
    });
  }
  return objects;
}

function readBytes(pdf: Buffer, head: string, from: number): string {
  const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
  const bytes = pdf.subarray(from, from + length);
  return head.includes('FlateDecode') ? inflateSync(bytes).toString('latin1') : bytes.toString('latin1');
}

/** pdfkit writes ranges of glyphs as `<from> <to> [<text> <text>]`. */
function readMap(stream: string): Map<number, string> {
  const map = new Map<number, string>();
  for (const [, from = '', , list = ''] of stream.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi)) {
    [...list.matchAll(/<([^>]*)>/g)].forEach(([, text = ''], index) => {
      map.set(Number.parseInt(from, 16) + index, unicode(text.replaceAll(/\s/g, '')));
    });
  }
  return map;
}

function unicode(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
}

function readStream(stream: string, maps: Map<string, Map<number, string>>): string {
  let font = new Map<number, string>();
  const lines: string[] = [];
  for (const [, name, shown] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name) font = maps.get(name) ?? font;
    if (shown === undefined) continue;
    const glyphs = [...shown.matchAll(/<([0-9a-f]*)>/gi)].map(([, hex = '']) => hex).join('');
    lines.push((glyphs.match(/.{4}/g) ?? []).map((hex) => font.get(Number.parseInt(hex, 16)) ?? '').join(''));
  }
  return lines.join('\n');
}
