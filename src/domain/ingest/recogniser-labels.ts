import type { RecognisedLabel } from '#platform/recognition/recognition.ts';
import type { BibRead, LabelFinding, LabelName } from '#vision/findings.ts';
import { labelPhoto } from '#vision/labels/label-photo.ts';

/** Below, a recogniser's labels are too often wrong to show. */
export const LEAST_LABEL_CONFIDENCE = 0.9;
/** The recogniser's own words for labels that our engine has no rule for. */
const WORDS: Readonly<Record<string, LabelName>> = { Bicycle: 'bicycle', Podium: 'podium' };

/** A recogniser's labels in our words. Its persons and bibs go through our engine's rules, so that a group is one for both. */
export function toLabelFindings(
  said: RecognisedLabel[],
  picture: { widthPx: number; heightPx: number; bibs: BibRead[]; smiles: number[] },
): LabelFinding[] {
  const sure = said.filter(({ confidence }) => confidence >= LEAST_LABEL_CONFIDENCE);
  const persons = sure
    .filter(({ name }) => name === 'Person')
    .flatMap(({ boxes, confidence }) => boxes.map((box) => ({ box, confidence })));
  const found = labelPhoto({ ...picture, persons });
  for (const { name, confidence } of sure) {
    const label = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
    if (label) found.push({ name: label, confidence });
  }
  const smile = Math.max(0, ...picture.smiles);
  if (smile >= LEAST_LABEL_CONFIDENCE) found.push({ name: 'smile', confidence: smile });
  return found;
}
