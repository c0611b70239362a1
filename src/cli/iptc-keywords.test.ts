import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawPlainPhoto } from '../../tests/fixtures/plain-photo.ts';
import { addKeywords, readKeywords } from './iptc-keywords.ts';

const photo = await drawPlainPhoto({ seed: 'keywords', widthPx: 300, heightPx: 200 });

function tagged(jpeg: Buffer, keywords: string[]): Buffer {
  const result = addKeywords(jpeg, keywords);
  if (!result) throw new Error('keywords were not added');
  return result;
}

test('keywords are written, the picture and its EXIF stay byte for byte', async () => {
  const result = tagged(photo, ['1432', 'A7']);
  expect(readKeywords(result)).toEqual(['1432', 'A7']);
  const scan = photo.indexOf(Buffer.from([0xff, 0xda]));
  expect(result.subarray(result.length - (photo.length - scan)).equals(photo.subarray(scan))).toBe(true);
  const [before, after] = await Promise.all([photo, result].map((bytes) => sharp(bytes).metadata()));
  expect(after?.exif).toEqual(before?.exif);
  expect(after?.iptc).toBeInstanceOf(Buffer);
});

test('keywords already there stay, and none comes twice', () => {
  const twice = tagged(tagged(photo, ['finish', '12']), ['12', '1432']);
  expect(readKeywords(twice)).toEqual(['finish', '12', '1432']);
  expect(readKeywords(tagged(twice, ['12']))).toEqual(['finish', '12', '1432']);
});

test('other Photoshop resources are kept', () => {
  const other = Buffer.concat([Buffer.from('8BIM'), Buffer.from([0x04, 0x25, 0, 0, 0, 0, 0, 3, 1, 2, 3, 0])]);
  const content = Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), other]);
  const header = Buffer.from([0xff, 0xed, 0, content.length + 2]);
  const withOther = Buffer.concat([photo.subarray(0, 2), header, content, photo.subarray(2)]);
  const result = tagged(withOther, ['5']);
  expect(result.includes(other)).toBe(true);
  expect(readKeywords(result)).toEqual(['5']);
});

test('what is not a whole JPEG is left alone', async () => {
  expect(addKeywords(await sharp(photo).png().toBuffer(), ['1'])).toBeNull();
  expect(addKeywords(photo.subarray(0, 40), ['1'])).toBeNull();
  expect(addKeywords(Buffer.alloc(0), ['1'])).toBeNull();
  expect(
    addKeywords(
      photo,
      Array.from({ length: 9000 }, (_, index) => `keyword ${index}`),
    ),
  ).toBeNull();
});
