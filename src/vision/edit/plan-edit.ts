import type { BoxNorm, EditPlan } from '../findings.ts';
import { mainBib, mainPerson } from '../persons/main-person.ts';
import type { Pixels } from '../pixels/decode-photo.ts';
import { resizePixels } from '../pixels/resize-pixels.ts';
import { measureHorizon } from '../quality/measure-quality.ts';
import { type Found, findTorso } from '../quality/subject-area.ts';
import { editPixels } from './apply-edit.ts';
import { colourDifference } from './colour-difference.ts';
import { noTones, planTones } from './plan-tones.ts';
import { moveBox, shareCutOff } from './turned-frame.ts';

const tonesLongSidePx = 320;
/** Tilts under the first are not seen. Over the second a full turn would leave the photo visibly tilted still. */
const straighten = { fromDegrees: 0.8, toDegrees: 5.7, mostDegrees: 5 };
/** A turned picture that does not measure level within this was measured wrong. */
const levelWithinDegrees = 0.7;
/** Mean difference of colour under which nobody sees the edit. */
const leastDifference = 2.3;

const nothing: EditPlan = { ...noTones, rotateDegrees: 0, worthwhile: false };

/** What would improve a photo; `worthwhile` is false, and the plan empty, when that is too little to be seen. Give upright
 *  pixels of about 1024 on the long side. Planning again on the edited photo finds nothing worthwhile: an edit that its
 *  own measures would edit again is not made. */
export async function planEdit(pixels: Pixels, found: Found): Promise<EditPlan> {
  const areas = subjectAreas(found);
  const wished = await findTones(pixels, areas);
  const tones =
    wished && (await findTones(await editPixels(pixels, wished), areas)) === null ? wished : nothing;
  const toned = await editPixels(pixels, tones);
  const plan = { ...tones, rotateDegrees: await findTurn(toned, found) };
  if (plan.rotateDegrees === 0) return tones;
  const level = { ...nothing, rotateDegrees: plan.rotateDegrees };
  const turned = await editPixels(toned, level);
  const moved = moveFound(found, plan, pixels);
  const stays = (await isLevel(turned, moved)) && !(await findTones(turned, subjectAreas(moved)));
  return stays ? { ...plan, worthwhile: true } : tones;
}

/** Null when the change would not be seen. */
async function findTones(pixels: Pixels, areas: readonly BoxNorm[]): Promise<EditPlan | null> {
  const small = await resizePixels(pixels, tonesLongSidePx);
  const plan = { ...nothing, ...planTones(small, areas), worthwhile: true };
  const difference = colourDifference(small, await editPixels(small, plan));
  return difference < leastDifference ? null : plan;
}

/** Clockwise; 0 when the picture is level, does not tell, or would lose a head or the bib. */
async function findTurn(pixels: Pixels, found: Found): Promise<number> {
  const tilt = await measureHorizon(pixels, bodiesOf(found));
  if (tilt === null || Math.abs(tilt) < straighten.fromDegrees || Math.abs(tilt) > straighten.toDegrees)
    return 0;
  const degrees = Math.max(-straighten.mostDegrees, Math.min(straighten.mostDegrees, -tilt));
  return mustStayWhole(found).some((box) => shareCutOff(box, degrees, pixels) > 0) ? 0 : degrees;
}

async function isLevel(pixels: Pixels, found: Found): Promise<boolean> {
  const tilt = await measureHorizon(pixels, bodiesOf(found));
  return tilt !== null && Math.abs(tilt) <= levelWithinDegrees;
}

function bodiesOf({ persons = [] }: Found): BoxNorm[] {
  return persons.map(({ box }) => box);
}

function subjectAreas(found: Found): BoxNorm[] {
  const torso = findTorso(found);
  return torso ? [torso, ...mustStayWhole(found)] : [];
}

/** Bib, head and face of whom the photo is about. */
function mustStayWhole({ bibs = [], persons = [], faces = [] }: Found): BoxNorm[] {
  const bib = mainBib(bibs);
  const person = mainPerson(persons, bibs);
  const face = faces.map(({ box }) => box).sort((a, b) => b.w * b.h - a.w * a.h)[0];
  return [bib, person && headOf(person), face].filter((box) => box !== null && box !== undefined);
}

function headOf({ x, y, w, h }: BoxNorm): BoxNorm {
  return { x: x + 0.25 * w, y, w: 0.5 * w, h: 0.18 * h };
}

function moveFound(found: Found, plan: EditPlan, size: Pixels): Found {
  const move = <Item extends { box: BoxNorm }>(items: readonly Item[] = []): Item[] =>
    items.flatMap((item) => {
      const box = moveBox(item.box, plan, size);
      return box ? [{ ...item, box }] : [];
    });
  return { bibs: move(found.bibs), persons: move(found.persons), faces: move(found.faces) };
}
