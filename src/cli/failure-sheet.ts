import type { BibRead } from '#vision/findings.ts';
import { escapeHtml, htmlPage } from './html-page.ts';
import type { Messages } from './messages.ts';
import type { PhotoResult } from './read-photos.ts';
import type { PhotoScore } from './score-bibs.ts';

interface Failure {
  result: PhotoResult;
  score: PhotoScore;
  picture: string;
}

/** Every photo with a missed number or a false alarm, with all that was seen on it and why it was dropped. */
export function failureSheet(failures: Failure[], messages: Messages): string {
  const cards = failures.map((failure) => card(failure, messages)).join('\n');
  return htmlPage(messages.failuresTitle, `<main>${cards}</main>`);
}

function card({ result, score, picture }: Failure, messages: Messages): string {
  const missed = score.missed.map((bib) => `<b class="missed">${escapeHtml(bib)} ${messages.missed}</b>`);
  const alarms = score.falseAlarms.map(
    (bib) => `<b class="falseAlarm">${escapeHtml(bib)} ${messages.falseAlarm}</b>`,
  );
  const seen = [...(result.analysis?.bibs ?? []), ...(result.analysis?.dropped ?? [])]
    .map(describe)
    .join(', ');
  return (
    `<figure><a href="${picture}"><img loading="lazy" alt="${escapeHtml(result.file)}" src="${picture}"></a><figcaption>` +
    `${[...missed, ...alarms].join(' ')}<span>${escapeHtml(result.file)}</span>` +
    `<span>${messages.seen} : ${escapeHtml(seen || result.failure || '')}</span></figcaption></figure>`
  );
}

function describe({ text, confidence, reason }: BibRead): string {
  return `${text} ${confidence.toFixed(2)}${reason ? ` (${reason})` : ''}`;
}
