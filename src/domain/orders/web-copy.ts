import type { WebCopyKind } from '../photos/photo.ts';

export type AnyWebCopyKind = WebCopyKind | `edited-${WebCopyKind}`;

export const WEB_COPY_KINDS: readonly AnyWebCopyKind[] = [
  'sold-web',
  'sponsored-web',
  'edited-sold-web',
  'edited-sponsored-web',
];

/** The copy a buyer has: as galleries show the photo, with the sponsor's name when it was given by one. */
export function webCopyKind(photo: { edited: boolean; sponsored: boolean }): AnyWebCopyKind {
  const kind = photo.sponsored ? 'sponsored-web' : 'sold-web';
  return photo.edited ? `edited-${kind}` : kind;
}

/** Of what exists, the copy to give: as the photo is shown now, else as it was shown when it was sold. */
export function chooseWebCopy<Row extends { kind: string }>(
  copies: readonly Row[],
  photo: { edited: boolean; sponsored: boolean },
): Row | null {
  const wished = [webCopyKind(photo), webCopyKind({ ...photo, edited: !photo.edited })];
  for (const kind of wished) {
    const copy = copies.find((candidate) => candidate.kind === kind);
    if (copy) return copy;
  }
  return null;
}
