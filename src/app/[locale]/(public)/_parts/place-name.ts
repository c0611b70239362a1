import type { PhotoPlace } from '#domain/matching/photo-places.ts';

/** "Col, km 21": a place by its name and how far along the course it lies. */
export function placeName(place: Pick<PhotoPlace, 'name' | 'distanceMeters'>, locale: string): string {
  if (place.distanceMeters === null) return place.name;
  const km = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(place.distanceMeters / 1000);
  return /\bkm\b/iu.test(place.name) ? place.name : `${place.name}, km ${km}`;
}
