import type { EditPlan } from '#vision/findings.ts';
import { escapeHtml, htmlPage } from './html-page.ts';
import type { Messages } from './messages.ts';

export interface EditedPhoto {
  file: string;
  plan: EditPlan;
  /** Addresses of small pictures. */
  before: string;
  after: string;
}

/** Each edited photo as it was and as it became, to be looked at. */
export function editSheet(photos: readonly EditedPhoto[], messages: Messages): string {
  return htmlPage(messages.editsTitle, `<main>${photos.map(card).join('\n')}</main>`);
}

function card({ file, plan, before, after }: EditedPhoto): string {
  const pictures = [before, after]
    .map((picture) => `<img loading="lazy" alt="${escapeHtml(file)}" src="${picture}">`)
    .join('');
  return `<figure>${pictures}<figcaption><span>${escapeHtml(file)}</span><span>${describe(plan)}</span></figcaption></figure>`;
}

function describe({ rotateDegrees, whiteBalance, exposureStops, contrast }: EditPlan): string {
  const [red, , blue] = whiteBalance;
  return `${rotateDegrees.toFixed(1)}° · ${exposureStops.toFixed(2)} EV · × ${contrast.toFixed(2)} · R ${red.toFixed(2)} B ${blue.toFixed(2)}`;
}
