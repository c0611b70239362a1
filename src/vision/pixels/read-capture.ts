import exifr from 'exifr';
import type { Metadata } from 'sharp';
import type { Capture } from '../findings.ts';
import { readProfileName } from './read-profile-name.ts';

const tagsToRead = [
  'Make',
  'Model',
  'Artist',
  'Copyright',
  'DateTimeOriginal',
  'SubSecTimeOriginal',
  'BodySerialNumber',
  'SerialNumber',
  'ImageNumber',
];
const maxTextLength = 200;

/** What the camera wrote, from the metadata of one decode. A broken EXIF block reads as an absent one. */
export async function readCapture(metadata: Metadata): Promise<Capture> {
  const tags = await readTags(metadata.exif);
  const takenAtLocal = localInstant(tags.DateTimeOriginal, tags.SubSecTimeOriginal);
  const { orientation = 1 } = metadata;
  return {
    takenAtLocal,
    hasSubSecond: takenAtLocal !== null && fraction(tags.SubSecTimeOriginal) !== null,
    make: text(tags.Make),
    model: text(tags.Model),
    bodySerial: text(tags.BodySerialNumber ?? tags.SerialNumber),
    sequence: imageNumber(tags.ImageNumber),
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    colourProfile: metadata.icc ? readProfileName(metadata.icc) : null,
    author: text(tags.Artist),
    copyright: text(tags.Copyright),
  };
}

async function readTags(exif: Buffer | undefined): Promise<Record<string, unknown>> {
  if (!exif) return {};
  const tiff = exif.subarray(exif.subarray(0, 4).toString('latin1') === 'Exif' ? 6 : 0);
  const options = {
    tiff: true,
    exif: true,
    gps: false,
    ifd1: false,
    interop: false,
    xmp: false,
    icc: false,
    iptc: false,
  };
  try {
    const tags: unknown = await exifr.parse(tiff, {
      ...options,
      pick: tagsToRead,
      translateValues: false,
      reviveValues: false,
    });
    return typeof tags === 'object' && tags !== null ? { ...tags } : {};
  } catch {
    // Hostile or cut EXIF says nothing about the picture; a photo without capture time is a state of its own.
    return {};
  }
}

function localInstant(date: unknown, subSecond: unknown): string | null {
  const match = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(
    typeof date === 'string' ? date : '',
  );
  if (!match) return null;
  const [, year, month, day, hour, minute, second] = match;
  const wallClock = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const instant = new Date(`${wallClock}Z`);
  // The calendar turns 30 February into 2 March: what does not come back as written was never a date.
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(wallClock)) return null;
  // At both ends another time zone would lead out of the years that four digits write.
  return year === '0000' || year === '9999' ? null : `${wallClock}.${fraction(subSecond) ?? '000'}`;
}

/** Some cameras write their greatest number for none; a signed whole number of 32 bits is what can be kept. */
function imageNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31 ? value : null;
}

function fraction(subSecond: unknown): string | null {
  const digits = /^\d+/.exec(String(subSecond ?? '').trim())?.[0];
  return digits ? digits.slice(0, 3).padEnd(3, '0') : null;
}

function text(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const clean = String(value)
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]+/gu, ' ')
    .trim()
    .slice(0, maxTextLength);
  return clean === '' ? null : clean;
}
