import type { BibRead } from '#vision/findings.ts';
import type { Failure } from './failure-class.ts';
import { escapeHtml, htmlPage } from './html-page.ts';
import type { Messages } from './messages.ts';
import type { PhotoResult } from './read-photos.ts';

interface FailedPhoto {
  result: PhotoResult;
  failures: Failure[];
  picture: string;
}

/** Every photo with a missed number or a false alarm, with all that was seen on it and why it was dropped. */
export function failureSheet(photos: FailedPhoto[], messages: Messages): string {
  const cards = photos.map((photo) => card(photo, messages)).join('\n');
  return htmlPage(messages.failuresTitle, `<p>${countsOf(photos)}</p><main>${cards}</main>`);
}

function countsOf(photos: FailedPhoto[]): string {
  const classes = photos.flatMap(({ failures }) => failures.map(({ failure }) => failure));
  return [...new Set(classes)]
    .sort()
    .map((name) => `${escapeHtml(name)} ${classes.filter((one) => one === name).length}`)
    .join(' · ');
}

function card({ result, failures, picture }: FailedPhoto, messages: Messages): string {
  const marks = failures.map(({ bib, failure }) => {
    const [colour, word] = failure.startsWith('missed')
      ? ['missed', messages.missed]
      : ['falseAlarm', messages.falseAlarm];
    return `<b class="${colour}" title="${escapeHtml(failure)}">${escapeHtml(bib)} ${word}</b><span>${escapeHtml(failure)}</span>`;
  });
  const seen = [...(result.analysis?.bibs ?? []), ...(result.analysis?.dropped ?? [])]
    .map(describe)
    .join(', ');
  return (
    `<figure><a href="${picture}"><img loading="lazy" alt="${escapeHtml(result.file)}" src="${picture}"></a><figcaption>` +
    `${marks.join(' ')}<span>${escapeHtml(result.file)}</span>` +
    `<span>${messages.seen} : ${escapeHtml(seen || result.failure || '')}</span></figcaption></figure>`
  );
}

function describe({ text, confidence, reason }: BibRead): string {
  return `${text} ${confidence.toFixed(2)}${reason ? ` (${reason})` : ''}`;
}
