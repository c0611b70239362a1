import { pathToFileURL } from 'node:url';
import { escapeHtml, htmlPage } from './html-page.ts';
import type { Messages } from './messages.ts';
import { type PhotoLine, printBib } from './photo-line.ts';

export interface SheetPhoto {
  line: PhotoLine;
  originalPath: string;
  /** Address of a small picture, null when the photo could not be read. */
  picture: string | null;
}

/** One page to look through a sorted folder: small pictures, what was read, links to the originals. */
export function contactSheet(photos: SheetPhoto[], messages: Messages): string {
  const search = `<input type="search" placeholder="${escapeHtml(messages.sheetSearch)}" aria-label="${escapeHtml(messages.sheetSearch)}">`;
  const script =
    `<script>const box=document.querySelector('input');box.addEventListener('input',()=>{const asked=box.value.trim().toLowerCase();` +
    `for(const card of document.querySelectorAll('figure'))card.hidden=!card.dataset.words.includes(asked)})</script>`;
  const cards = photos.map((photo) => card(photo, messages)).join('\n');
  return htmlPage(messages.sheetTitle, `${search}<main>${cards}</main>${script}`);
}

function card({ line, originalPath, picture }: SheetPhoto, messages: Messages): string {
  const bibs = line.bibs.map((bib) => `<b class="${bib.kind}">${escapeHtml(printBib(bib))}</b>`).join(' ');
  const image = picture ? `<img loading="lazy" alt="${escapeHtml(line.file)}" src="${picture}">` : '';
  const words = wordsOf(line, messages);
  const asked = escapeHtml([line.file, ...line.bibs.map(({ bib }) => bib), ...words].join(' ').toLowerCase());
  const edited = line.edited
    ? `<a href="${escapeHtml(encodeURI(line.edited))}">${escapeHtml(messages.editedPhoto)}</a>`
    : '';
  return (
    `<figure data-words="${asked}"><a href="${escapeHtml(pathToFileURL(originalPath).href)}">${image}</a>` +
    `<figcaption><span>${bibs}</span><span>${escapeHtml(line.file)}</span><span>${escapeHtml(qualityOf(line, messages))}</span>` +
    `${words.length > 0 ? `<span>${escapeHtml(words.join(', '))}</span>` : ''}${edited}${picture ? cropsOf(line, picture) : ''}` +
    '</figcaption></figure>'
  );
}

function qualityOf(line: PhotoLine, messages: Messages): string {
  if (line.error) return messages.reasons[line.error];
  const parts = line.quality
    ? (['sharpness', 'exposure', 'horizon'] as const).map(
        (part) => `${messages.parts[part]} ${Math.round((line.quality?.[part] ?? 0) * 100)}`,
      )
    : [];
  const score = `${line.qualityScore ?? ''}${line.blurry ? ` · ${messages.blurry}` : ''}`;
  return parts.length > 0 ? `${score} (${parts.join(', ')})` : score;
}

function wordsOf(line: PhotoLine, messages: Messages): string[] {
  const persons = new Set((line.faces ?? []).map(({ person }) => person));
  return [
    ...(line.labels ?? []).map(({ name }) => messages.labels[name]),
    ...[...persons].map((person) => messages.person(person)),
    ...(line.stack ? [messages.stack(line.stack)] : []),
    ...(line.best ? [messages.best] : []),
  ];
}

/** The four crops, cut out of the small picture by style alone. */
function cropsOf(line: PhotoLine, picture: string): string {
  const { crops, widthPx, heightPx } = line;
  if (!crops || !widthPx || !heightPx) return '';
  const frames = Object.entries(crops).map(([shape, [x, y, w, h]]) => {
    const ratio = (w * widthPx) / (h * heightPx);
    const size = `width:${100 / w}%;height:${100 / h}%;left:${(-x / w) * 100}%;top:${(-y / h) * 100}%`;
    return (
      `<i class="crop" title="${shape}" style="aspect-ratio:${ratio.toFixed(4)}">` +
      `<img loading="lazy" alt="${shape}" src="${picture}" style="${size}"></i>`
    );
  });
  return `<span class="crops">${frames.join('')}</span>`;
}
