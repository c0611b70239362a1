import { randomBytes } from 'node:crypto';
import { drawPlainPhoto } from '../../tests/fixtures/plain-photo.ts';
import { type PhotoFile, sendPhotos } from '../../tests/processes/send-photos.ts';
import { startChild } from './child.ts';
import { cpuSecondsOf } from './cpu.ts';
import { compareRounds, type Measure, ROUNDS, type Round } from './figure.ts';
import { openProSession } from './pro-site.ts';
import { openSite } from './web.ts';

const FILES = 8;
const FILE_BYTES = 6_000_000;

export const ingest: Measure = {
  name: 'ingest',
  about: `photos of ${FILE_BYTES / 1e6} MB through the upload door, beside a bare Node server that hashes and keeps them`,
  async run() {
    await using site = await openSite();
    const session = await openProSession(site);
    await using keeper = startChild('./keep-process.ts');
    const { port = 0 } = await keeper.ask({ folder: site.folder });
    const web = await site.start();
    const rates: Round[] = [];
    const thrift: Round[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const files = await drawFiles(round);
      const floor = await measureRate(keeper.process.pid ?? 0, () => sendPlain(port, files));
      const subject = await measureRate(web.pid, async () => {
        const answers = await sendPhotos({ url: web.url, ...session }, files);
        if (answers.some(({ outcome }) => outcome !== 'sent')) throw new Error('an upload failed');
      });
      // The first one warms both up.
      if (round === 0) continue;
      rates.push({ floor: floor.rate, subject: subject.rate });
      thrift.push({ floor: floor.perCpuSecond, subject: subject.perCpuSecond });
    }
    const target = { atLeast: 0.5 };
    return [
      compareRounds({ title: 'Uploads', unit: 'MB/s', target }, rates),
      compareRounds({ title: 'Uploads, by CPU of the server', unit: 'MB per CPU s', target }, thrift),
    ];
  },
};

async function measureRate(pid: number, send: () => Promise<void>) {
  const start = performance.now();
  const cpuBefore = cpuSecondsOf(pid);
  await send();
  const megabytes = (FILES * FILE_BYTES) / 1e6;
  return {
    rate: megabytes / ((performance.now() - start) / 1000),
    perCpuSecond: megabytes / (cpuSecondsOf(pid) - cpuBefore),
  };
}

async function sendPlain(port: number, files: PhotoFile[]): Promise<void> {
  const line = [...files];
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let file = line.shift(); file; file = line.shift()) {
        const body = new Uint8Array(file.bytes);
        const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
        if (!answer.ok) throw new Error(`the plain server answered ${answer.status}`);
        await answer.body?.cancel();
      }
    }),
  );
}

/** Small pictures with a long tail that no decoder looks at: bytes are what is measured. */
async function drawFiles(round: number): Promise<PhotoFile[]> {
  const picture = await drawPlainPhoto({ widthPx: 640, heightPx: 427, seed: 'ingest' });
  return Array.from({ length: FILES }, (_, index) => ({
    fileName: `IMG_${round}${index}.jpg`,
    bytes: Buffer.concat([picture, randomBytes(FILE_BYTES - picture.length)]),
  }));
}
