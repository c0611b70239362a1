import { drawPlainPhoto } from '../../tests/fixtures/plain-photo.ts';
import { type PhotoFile, sendPhotos } from '../../tests/processes/send-photos.ts';
import { residentMb } from './cpu.ts';
import { type Figure, type Measure, statedFigure } from './figure.ts';
import { openProSession } from './pro-site.ts';
import { openSite } from './web.ts';

const UPLOADS = 1000;
const BATCH = 200;
const MOST_MB = 600;
/** What caches and heaps may still gain after the first batch, which fills them. */
const MOST_GROWTH = 1.15;

export const memory: Measure = {
  name: 'memory',
  about: `resident memory of the web process with the embedded database, over ${UPLOADS} uploads`,
  async run() {
    await using site = await openSite();
    const session = await openProSession(site);
    const web = await site.start();
    const resident = [residentMb(web.pid)];
    for (let sent = 0; sent < UPLOADS; sent += BATCH) {
      const files = await drawFiles(sent);
      const answers = await sendPhotos({ url: web.url, ...session }, files);
      const lost = answers.filter(({ outcome }) => outcome !== 'sent');
      if (lost.length > 0) throw new Error(`${lost.length} uploads failed: ${JSON.stringify(lost[0])}`);
      resident.push(residentMb(web.pid));
      console.error(`  ${sent + BATCH} uploads: ${Math.round(resident.at(-1) ?? 0)} MB`);
    }
    return figuresOf(resident);
  },
};

function figuresOf(resident: number[]): Figure[] {
  const [start = 0, afterFirst = 1] = resident;
  const last = resident.at(-1) ?? 0;
  const known = (title: string) => ({ title, unit: 'MB', target: { atMost: MOST_MB } });
  return [
    statedFigure({ title: 'Resident at start', unit: 'MB', target: null }, start),
    statedFigure(known(`Most resident in ${UPLOADS} uploads`), Math.max(...resident)),
    statedFigure(
      {
        title: `After ${UPLOADS} uploads ÷ after ${BATCH}`,
        unit: 'MB ÷ MB',
        target: { atMost: MOST_GROWTH },
      },
      last / afterFirst,
    ),
  ];
}

/** Small ones: what grows with uploads grows with their number. */
async function drawFiles(first: number): Promise<PhotoFile[]> {
  const files: PhotoFile[] = [];
  for (let index = first; index < first + BATCH; index += 1) {
    const bytes = await drawPlainPhoto({ widthPx: 640, heightPx: 427, seed: index });
    files.push({ fileName: `IMG_${10_000 + index}.jpg`, bytes });
  }
  return files;
}
