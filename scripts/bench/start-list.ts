import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import writeXlsxFile from 'write-excel-file/node';
import { startChild } from './child.ts';
import { compareRounds, type Figure, type Measure, playRounds, statedFigure } from './figure.ts';
import type { StartListQuestion } from './start-list-process.ts';

const ROWS = 60_000;
const ROUNDS = 3;
const HEADINGS = ['Dossard', 'Nom', 'Prénom', 'Sexe', 'Catégorie', 'Club', 'Date de naissance'];

export const startList: Measure = {
  name: 'start-list',
  about: `${ROWS} runners from a file, beside the same rows made by the database itself`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'focus-racer-bench-list-'));
    try {
      const rows = Array.from({ length: ROWS }, (_, index) => runnerRow(index + 1));
      const csv = join(folder, 'list.csv');
      writeFileSync(csv, [HEADINGS, ...rows].map((row) => row.join(';')).join('\r\n'));
      const xlsx = join(folder, 'list.xlsx');
      await writeXlsxFile([HEADINGS, ...rows]).toFile(xlsx);
      return [...(await measureFile('CSV', csv)), ...(await measureFile('XLSX', xlsx))];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function runnerRow(number: number): string[] {
  const birth = `${String(1 + (number % 28)).padStart(2, '0')}/06/${1950 + (number % 50)}`;
  return [String(number), `NOM${number}`, `Prénom${number % 997}`, 'F', 'SEF', `Club ${number % 300}`, birth];
}

async function measureFile(title: string, path: string): Promise<Figure[]> {
  const told: { seconds: number; grownMb: number }[] = [];
  const rounds = await playRounds(
    {
      floor: async () => (await ask({ verb: 'insert', rows: ROWS })).cpuMs,
      subject: async () => {
        const answer = await ask({ verb: 'import', path });
        told.push(answer);
        return answer.cpuMs;
      },
    },
    ROUNDS,
  );
  const most = (read: (answer: { seconds: number; grownMb: number }) => number) =>
    Math.max(...told.map(read));
  return [
    compareRounds({ title: `Start list, ${title}`, unit: 'CPU ms', target: null }, rounds),
    statedFigure(
      { title: `Start list, ${title}, wall`, unit: 's', target: { atMost: 10 } },
      most((one) => one.seconds),
    ),
    statedFigure(
      { title: `Start list, ${title}, memory grown`, unit: 'MB', target: { atMost: 300 } },
      most((one) => one.grownMb),
    ),
  ];
}

async function ask(
  question: StartListQuestion,
): Promise<{ cpuMs: number; seconds: number; grownMb: number }> {
  await using child = startChild('./start-list-process.ts');
  const { rows = 0, cpuMs = 0, seconds = 0, grownMb = 0 } = await child.ask(question);
  if (rows !== ROWS) throw new Error(`${rows} rows came in`);
  return { cpuMs, seconds, grownMb };
}
