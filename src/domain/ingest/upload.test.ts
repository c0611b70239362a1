import { describe, expect, test } from 'vitest';
import { cleanFileName, refuseByName } from './upload.ts';

const refuse = (fileName: string, sizeBytes = 1000) => refuseByName({ fileName, sizeBytes }, 50);

describe('refusals before the bytes travel', () => {
  test.each([
    ['IMG_1.JPG', null],
    ['a/b.jpeg', null],
    ['x.png', null],
    ['x.webp', null],
    ['x.HEIC', 'heic'],
    ['x.CR3', 'raw'],
    ['x.nef', 'raw'],
    ['x.svg', 'svg'],
    ['x.jpg.svg', 'svg'],
    ['x.mp4', 'video'],
    ['x.pdf', 'not-a-photo'],
    ['noextension', 'not-a-photo'],
  ])('%s is answered %s', (name, reason) => {
    expect(refuse(name)).toBe(reason);
  });

  test('the size decides before the name, to the byte', () => {
    expect(refuse('x.jpg', 0)).toBe('empty');
    expect(refuse('x.jpg', 50_000_000)).toBeNull();
    expect(refuse('x.jpg', 50_000_001)).toBe('too-large');
  });
});

describe('file names', () => {
  test.each([
    ['C:\\fakepath\\IMG 1.jpg', 'IMG 1.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['a\u0000b\u202Egpj.exe', 'abgpj.exe'],
    ['  ', 'photo'],
    ['..', '..'],
  ])('%j is kept as %j', (given, kept) => {
    expect(cleanFileName(given)).toBe(kept);
  });

  test('a long name keeps its end', () => {
    expect(cleanFileName(`${'x'.repeat(500)}.jpg`)).toMatch(/^x{196}\.jpg$/);
  });
});
