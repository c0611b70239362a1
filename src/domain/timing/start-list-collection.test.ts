import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createTestContext } from '../../../tests/harness.ts';
import { openStartList } from '../../../tests/start-list-stage.ts';
import { countStartList, listStartList } from './list-start-list.ts';

type Stage = Awaited<ReturnType<typeof openStartList>>;

const folder = new URL('../../../../shared/data/badinput/csv/', import.meta.url);

describe.skipIf(!existsSync(folder))(
  'the collection of bad and odd lists (optional data, looked for in ../shared/data)',
  () => {
    const file = (name: string) => readFileSync(new URL(name, folder));

    test('60,000 rows come in, and again without a change', async () => {
      const { bring } = await openStartList(await createTestContext());
      expect(await bring(file('big-60000.csv'))).toMatchObject({ added: 60_000, errors: [] });
      expect(await bring(file('big-60000.csv'))).toMatchObject({ added: 0, changed: 0, unchanged: 60_000 });
    }, 60_000);

    const namesOf = async ({ pro, eventId }: Pick<Stage, 'pro' | 'eventId'>) =>
      (await listStartList(pro, { eventId, limit: 20 })).runners.map(
        ({ bib, firstName, lastName }) => `${bib} ${firstName} ${lastName}`,
      );

    test.each<[file: string, people: string[], errorLines: number[]]>([
      ['ok-bom', ['1 Anne Durand'], []],
      ['ok-comma', ['1 Anne Durand', '2 Élodie Noël'], []],
      ['ok-cr-only', ['1 Anne Durand'], []],
      ['ok-latin1', ['1 Élodie Noël'], []],
      ['ok-quoted-newline', ['1 An ne Du,rand "x"'], []],
      ['ok-semicolon-crlf', ['1 Anne Durand'], []],
      ['ok-utf16le', ['1 Élodie Noël'], []],
      ['dup-bibs', ['5 A A'], [3]],
      [
        'leading-zeros',
        [
          '0 Z Ero',
          '7 X Y',
          '12 S P',
          '007 J B',
          '12A A B',
          '1E5 E X',
          '١٢ Ar Digits',
          '999999999999999999999 B Ig',
        ],
        [9],
      ],
    ])('CSV-02: %s.csv gives these people and names these lines', async (name, people, errorLines) => {
      const stage = await openStartList(await createTestContext());
      const { errors } = await stage.bring(file(`${name}.csv`));
      expect(errors.map(({ line }) => line)).toEqual(errorLines);
      expect((await namesOf(stage)).sort()).toEqual([...people].sort());
    });

    test.each(['rtl-emoji', 'formula'])('CSV-02: %s.csv is accepted as text', async (name) => {
      const stage = await openStartList(await createTestContext());
      expect(await stage.bring(file(`${name}.csv`))).toMatchObject({ errors: [] });
      expect((await namesOf(stage)).join()).not.toMatch(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    });

    test.each<[file: string, said: string | { line: number; column: string | null; key: string }[]]>([
      ['empty', 'timing.fileEmpty'],
      ['header-only', 'timing.fileWithoutRunners'],
      ['nul', [{ line: 2, column: 'first_name', key: 'controlCharacter' }]],
      ['proto', 'timing.bibColumnMissing'],
      [
        'ragged',
        [
          { line: 2, column: 'first_name', key: 'tooFewCells' },
          { line: 3, column: '4', key: 'tooManyCells' },
        ],
      ],
      ['unclosed-quote-5MB', 'timing.quoteNotClosed'],
      ['wide-20000-columns', 'timing.tooManyColumns'],
      ['xlsx-named', 'timing.workbookUnreadable'],
    ])('CSV-02: %s.csv is refused in these words, and nothing is half imported', async (name, said) => {
      const { bring, pro, eventId } = await openStartList(await createTestContext());
      const outcome = bring(file(`${name}.csv`));
      if (typeof said === 'string') await expect(outcome).rejects.toMatchObject({ public: { key: said } });
      else expect(await outcome).toMatchObject({ added: 0, errors: said });
      expect(await countStartList(pro, { eventId })).toBe(0);
    });
  },
);
