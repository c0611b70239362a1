import { type Dataset, readIptc, spliceIptc } from '#vision/iptc/splice-iptc.ts';

const keywordDataset = 25;
const maxKeywordBytes = 64;

/** The same JPEG with these keywords added, its picture untouched byte for byte; those that are there stay, and none is
 *  written twice. Null when it is not a JPEG whose segments can be followed, or when the keywords do not fit. */
export function addKeywords(jpeg: Buffer, keywords: string[]): Buffer | null {
  const splice = spliceIptc(jpeg, (present) => {
    const there = new Set(keywordsOf(present));
    const missing = keywords.filter((keyword) => !there.has(keyword));
    return missing.map((text) => ({ dataset: keywordDataset, text, maxBytes: maxKeywordBytes }));
  });
  if (!splice) return null;
  const { at, removed, inserted } = splice;
  return Buffer.concat([jpeg.subarray(0, at), inserted, jpeg.subarray(at + removed)]);
}

/** The keywords a JPEG holds, in order. */
export function readKeywords(jpeg: Buffer): string[] {
  return keywordsOf(readIptc(jpeg));
}

function keywordsOf(datasets: Dataset[]): string[] {
  return datasets
    .filter(({ record, dataset }) => record === 2 && dataset === keywordDataset)
    .map(({ value }) => value.toString('utf8'));
}
