import { type AnyColumn, type SQL, sql } from 'drizzle-orm';
import type { Consents } from './start-list.ts';

/** Who says no to photos says it in either column. */
export function refuses({ photoConsent, photoOptOut }: Omit<Consents, 'faceConsent'>): boolean {
  return photoOptOut === true || photoConsent === false;
}

/** Who says no to photos, or to faces alone, has none of their faces kept. */
export function refusesFaces(consents: Consents): boolean {
  return refuses(consents) || consents.faceConsent === false;
}

/** True for a bib of whose runner no face may be kept. */
export function refusesFacesOf(eventId: AnyColumn | string, bib: AnyColumn | string): SQL {
  return sql`exists (select from start_list_entries as refusal where refusal.event_id = ${eventId} and refusal.bib = ${bib}
    and (refusal.photo_opt_out is true or refusal.photo_consent is false or refusal.face_consent is false))`;
}

/**
 * True for a bib whose runner refuses photos: its tags are never published and nobody finds it. Where two races share a bib and
 * one of its runners refuses, it is true for both, as a photo does not say which of them it shows.
 */
export function refusesPhotos(eventId: AnyColumn | string, bib: AnyColumn | string): SQL {
  // The words of the index start_list_entries_refusals; scalar on purpose, so that it is one look into it.
  return sql`(select true from start_list_entries as refusal where refusal.event_id = ${eventId} and refusal.bib = ${bib}
    and (refusal.photo_opt_out is true or refusal.photo_consent is false) limit 1) is true`;
}
