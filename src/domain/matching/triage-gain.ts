import { type SQL, sql } from 'drizzle-orm';
import { photos } from '#domain/photos/tables.ts';
import { attributions, photoFindings, settledPhotos } from './tables.ts';

/** Smaller ones are behind what was photographed: nobody can say who they are. A share of the photo's height. */
const LEAST_PERSON_HEIGHT = 0.2;
const LEAST_PERSON_CONFIDENCE = 0.5;
/** Further frames of a burst show other runners. */
const MOST_FRAMES = 8;
/** Each way: photos of one camera so near show the same runners. */
const BURST_SPAN = '2 seconds';

/** The entropy of a tag in bits, 1 at an even chance: −p·log2 p − (1−p)·log2(1−p) (Shannon). */
export function entropyBits(): SQL {
  const { probability } = attributions;
  return sql`case when ${probability} <= 0 or ${probability} >= 1 then 0 else
    -(${probability} * ln(${probability}) + (1 - ${probability}) * ln(1 - ${probability})) / ln(2) end`;
}

/**
 * How much a person's word on a photo teaches, the greatest first in triage; null when triage does not ask, which is so of
 * settled photos. `doubtBits` is the entropy of its doubtful tags together, null without one; `known` says that a tag is
 * published or decided.
 *
 * Doubtful: 1 + frames · doubtBits, with `frames` the photos of the burst that the answer may name as well, 8 at most.
 * Unknown, where somebody can be seen and nobody was proposed or named: v ÷ (1 + v) with v = frames · persons, below 1,
 * so that it comes after everything doubtful.
 */
export function triageGain(photo: { id: SQL; doubtBits: SQL; known: SQL }): SQL {
  const worth = sql`${unknownFrames(photo.id)} * ${plainPersons(photo.id)}`;
  return sql`case
    when exists (select 1 from ${settledPhotos} where ${settledPhotos.photoId} = ${photo.id}) then null
    when ${photo.doubtBits} is not null then 1 + ${unknownFrames(photo.id)} * ${photo.doubtBits}
    when ${photo.known} then null
    else (select nullif(worth / (1.0 + worth), 0) from (select ${worth} as worth) as unknown) end`;
}

/** Photos of the burst that name nobody yet, this one always among them. */
function unknownFrames(photoId: SQL): SQL {
  return sql`(select least(greatest(count(other.id), 1), ${MOST_FRAMES}) from ${photos} as self
    join ${photos} as other on other.event_id = self.event_id and other.camera_key = self.camera_key
      and other.taken_at between self.taken_at - ${BURST_SPAN}::interval and self.taken_at + ${BURST_SPAN}::interval
      and other.bibs = '{}'
    where self.id = ${photoId})`;
}

/** Persons who are large and sure enough to be told apart. */
function plainPersons(photoId: SQL): SQL {
  return sql`(select count(*) from ${photoFindings}, jsonb_array_elements(${photoFindings.persons}) as person
    where ${photoFindings.photoId} = ${photoId}
      and (person ->> 'confidence')::float8 >= ${LEAST_PERSON_CONFIDENCE}
      and (person -> 'box' ->> 'h')::float8 >= ${LEAST_PERSON_HEIGHT})`;
}
