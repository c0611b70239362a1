import { pathToFileURL } from 'node:url';
import { escapeHtml, htmlPage } from './html-page.ts';
import type { Messages } from './messages.ts';
import type { PhotoLine } from './photo-line.ts';

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
  const bibs = line.bibs.map(({ bib, kind }) => `<b class="${kind}">${escapeHtml(bib)}</b>`).join(' ');
  const image = picture ? `<img loading="lazy" alt="${escapeHtml(line.file)}" src="${picture}">` : '';
  const quality = line.error
    ? messages.reasons[line.error]
    : `${line.qualityScore ?? ''}${line.blurry ? ` · ${messages.blurry}` : ''}`;
  const words = escapeHtml(`${line.file} ${line.bibs.map(({ bib }) => bib).join(' ')}`.toLowerCase());
  return (
    `<figure data-words="${words}"><a href="${escapeHtml(pathToFileURL(originalPath).href)}">${image}</a>` +
    `<figcaption>${bibs}<span>${escapeHtml(line.file)}</span><span>${escapeHtml(quality)}</span></figcaption></figure>`
  );
}
