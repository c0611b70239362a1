import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, expect, test } from 'vitest';
import { UsageError } from './command.ts';
import { messagesFor } from './messages.ts';
import { readStartList } from './read-start-list.ts';

const folder = await mkdtemp(join(tmpdir(), 'start-list-'));
afterAll(() => rm(folder, { recursive: true }));
const messages = messagesFor('fr');

async function bibsOf(content: string | Buffer): Promise<string[]> {
  const path = join(folder, 'list.csv');
  await writeFile(path, content);
  return readStartList(path, messages);
}

test.each([
  ['Dossard;Nom\n0012;Zoé\nA7;Ali\n', ['0012', 'A7']],
  ['name,bib\n"Doe, Jane",5\nJohn,6\n', ['5', '6']],
  ['\ufeffN°\tNom\n1\tA\n2\tB\n1\tC\n', ['1', '2']],
  ['Nom,Place\nAnna,101\nBen,102\n', ['101', '102']],
])('the column of bibs is found whatever the heading and the separator', async (content, bibs) => {
  expect(await bibsOf(content)).toEqual(bibs);
});

test.each(['windows-1252', 'utf16le', 'utf8'])('%s is understood', async (encoding) => {
  const bytes = iconv.encode('Numéro;Prénom\r\n44;Zoë\r\n', encoding, { addBOM: encoding === 'utf16le' });
  expect(await bibsOf(bytes)).toEqual(['44']);
});

test.each(['', 'Nom;Ville\nAnna;Lyon\n', 'Dossard;Nom\n;Anna\n', '"open quote\n1;2'])(
  'a list without bibs is refused in words',
  async (content) => {
    await expect(bibsOf(content)).rejects.toBeInstanceOf(UsageError);
  },
);

test('a missing list is refused in words', async () => {
  await expect(readStartList(join(folder, 'absent.csv'), messages)).rejects.toBeInstanceOf(UsageError);
});
