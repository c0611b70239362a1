import sharp, { type Exif } from 'sharp';
import type { Capture, EditPlan, Rendition } from '../findings.ts';
import { decodePhoto, type Pixels } from '../pixels/decode-photo.ts';
import { readCapture } from '../pixels/read-capture.ts';
import { resizePixels } from '../pixels/resize-pixels.ts';
import { toneCurves } from './tone-curves.ts';
import { turnedFrame } from './turned-frame.ts';

export interface EditSize {
  /** For a picture of the edit to look at; without it the edit has the original's size. */
  longSidePx?: number;
}

const jpegQuality = 92;

/** The edited photo as a new JPEG in sRGB, upright, with the original's shape; it says when, with which camera and by
 *  whom it was taken, and nothing else. `bytes` stay as they are. Throws `PhotoFailure`. Decodes strangers' bytes: call
 *  it through the engine pool. */
export async function applyEdit(
  bytes: Uint8Array,
  plan: EditPlan,
  { longSidePx }: EditSize = {},
): Promise<Rendition> {
  const { pixels, metadata } = await decodePhoto(bytes, longSidePx ? 'read' : 'whole');
  const sized = longSidePx ? await resizePixels(pixels, longSidePx) : pixels;
  const edited = await editInPlace(sized, plan);
  const { widthPx, heightPx } = edited;
  const written = await sharp(edited.data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .jpeg({ quality: jpegQuality, chromaSubsampling: '4:4:4' })
    .withIccProfile('srgb')
    .withExif(exifOf(await readCapture(metadata)))
    .toBuffer();
  return { bytes: written, widthPx, heightPx };
}

/** New pixels; the given ones stay. */
export function editPixels({ data, widthPx, heightPx }: Pixels, plan: EditPlan): Promise<Pixels> {
  return editInPlace({ data: Buffer.from(data), widthPx, heightPx }, plan);
}

/** A second copy of a photo of 100 million pixels would not fit. */
function editInPlace(pixels: Pixels, plan: EditPlan): Promise<Pixels> {
  const { data } = pixels;
  const [red, green, blue] = toneCurves(plan);
  for (let at = 0; at < data.length; at += 3) {
    data[at] = red[data[at] ?? 0] ?? 0;
    data[at + 1] = green[data[at + 1] ?? 0] ?? 0;
    data[at + 2] = blue[data[at + 2] ?? 0] ?? 0;
  }
  return plan.rotateDegrees === 0 ? Promise.resolve(pixels) : turn(pixels, plan.rotateDegrees);
}

async function turn(pixels: Pixels, degrees: number): Promise<Pixels> {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  // This interpolation never leaves the range of its neighbours, so a turn clips nothing; 'lbb' is a little sharper and
  // takes eight times as long.
  const turned = await sharp(pixels.data, {
    raw: { width: pixels.widthPx, height: pixels.heightPx, channels: 3 },
  })
    .affine([cos, -sin, sin, cos], { interpolator: 'vsqbs' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { widthPx, heightPx } = turnedFrame(pixels, degrees);
  const { width, height } = turned.info;
  const data = await sharp(turned.data, { raw: { width, height, channels: 3 } })
    .extract({
      left: Math.round((width - widthPx) / 2),
      top: Math.round((height - heightPx) / 2),
      width: widthPx,
      height: heightPx,
    })
    .raw()
    .toBuffer();
  return { data, widthPx, heightPx };
}

function exifOf({ author, copyright, make, model, takenAtLocal, hasSubSecond }: Capture): Exif {
  const taken = takenAtLocal && {
    DateTimeOriginal: takenAtLocal.slice(0, 19).replaceAll('-', ':').replace('T', ' '),
    ...(hasSubSecond && { SubSecTimeOriginal: takenAtLocal.slice(20) }),
  };
  return {
    IFD0: {
      ...(author && { Artist: tagText(author) }),
      ...(copyright && { Copyright: tagText(copyright) }),
      ...(make && { Make: tagText(make) }),
      ...(model && { Model: tagText(model) }),
    },
    ...(taken && { IFD2: taken }),
  };
}

/** libvips cuts a text at " (", and writes ASCII only: é becomes e. */
function tagText(text: string): string {
  return text.replaceAll(' (', '(');
}
