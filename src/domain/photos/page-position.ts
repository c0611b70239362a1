import { DomainError } from '#platform/errors.ts';

/** Where a page of photos starts or ends: the order of galleries is (sortAt, id). */
export interface PagePosition {
  sortAt: Date;
  id: string;
}

const POSITION = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function writePosition(position: PagePosition): string {
  return `${position.sortAt.getTime()}.${position.id}`;
}

/** Throws bad-input for what `writePosition` never wrote. */
export function readPosition(text: string): PagePosition {
  const [, milliseconds, id] = POSITION.exec(text) ?? [];
  if (!milliseconds || !id) throw new DomainError('bad-input', { public: { key: 'photos.badPage' } });
  return { sortAt: new Date(Number(milliseconds)), id };
}
