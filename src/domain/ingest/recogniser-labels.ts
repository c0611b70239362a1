import type { RecognisedLabel } from '#platform/recognition/recognition.ts';
import type { LabelFinding, LabelName } from '#vision/findings.ts';

/** Below, a recogniser's labels are too often wrong to show. */
export const LEAST_LABEL_CONFIDENCE = 0.9;
/** As many boxed persons make a group. */
const LEAST_OF_GROUP = 3;
/** The recogniser's words for our labels; what has no word of its own there is not said. */
const WORDS: Readonly<Record<string, LabelName>> = {
  Person: 'person',
  Crowd: 'crowd',
  Bicycle: 'bicycle',
  Podium: 'podium',
};

/** A recogniser's labels in our words, most certain first. The shape of the picture is one of them, and certain. */
export function toLabelFindings(
  said: RecognisedLabel[],
  picture: { widthPx: number; heightPx: number },
  smiles: number[],
): LabelFinding[] {
  const found = said.flatMap(({ name, confidence }): LabelFinding[] => {
    const label = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
    return label && confidence >= LEAST_LABEL_CONFIDENCE ? [{ name: label, confidence }] : [];
  });
  const persons = said.find(({ name }) => name === 'Person');
  if (persons && persons.boxes.length >= LEAST_OF_GROUP && persons.confidence >= LEAST_LABEL_CONFIDENCE) {
    found.push({ name: 'group', confidence: persons.confidence });
  }
  const smile = Math.max(0, ...smiles);
  if (smile >= LEAST_LABEL_CONFIDENCE) found.push({ name: 'smile', confidence: smile });
  if (picture.widthPx !== picture.heightPx) {
    found.push({ name: picture.heightPx > picture.widthPx ? 'portrait' : 'landscape', confidence: 1 });
  }
  return found.sort((a, b) => b.confidence - a.confidence);
}
