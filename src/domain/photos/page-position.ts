import { DomainError } from '#platform/errors.ts';

/** Where a page of photos starts or ends: the order of galleries is (sortAt, id). */
export interface PagePosition {
  sortAt: Date;
  id: string;
}

/** The years 1 to 9999, which is what every database and every camera's clock can say. */
const FIRST_INSTANT_MS = -62_135_596_800_000;
const LAST_INSTANT_MS = 253_402_300_799_999;
const POSITION = /^(-?\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function writePosition(position: PagePosition): string {
  return `${position.sortAt.getTime()}.${position.id}`;
}

/** Throws bad-input for what `writePosition` never wrote. */
export function readPosition(text: string): PagePosition {
  const [, milliseconds, id] = POSITION.exec(text) ?? [];
  const instant = Number(milliseconds);
  if (!id || !(instant >= FIRST_INSTANT_MS && instant <= LAST_INSTANT_MS)) {
    throw new DomainError('bad-input', { public: { key: 'photos.badPage' } });
  }
  return { sortAt: new Date(instant), id };
}
