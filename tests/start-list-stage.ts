import { type Context, withActor } from '#context.ts';
import { importStartList } from '#domain/timing/import-start-list.ts';
import { previewStartList } from '#domain/timing/preview-start-list.ts';
import { makeEvent, makePro } from './factories.ts';

export const csv = (...lines: string[]) => Buffer.from(lines.join('\n'));

export const LIST = csv(
  'Dossard;Nom;Prénom;Sexe;Catégorie',
  '7;DURAND;Anne;F;SEF',
  '007;Noël;Élodie;f;M1F',
  'A12;Le Goff;Jean-Yves;H;',
);

/** A published event without runners, and its pro who brings lists. */
export async function openStartList(anyone: Context) {
  const { actor, organisation } = await makePro(anyone);
  const pro = withActor(anyone, actor);
  const eventId = (await makeEvent(anyone, { organisationId: organisation.id })).id;
  return {
    anyone,
    pro,
    eventId,
    bring: (bytes: Buffer, removeMissing = false) => importStartList(pro, { eventId, bytes, removeMissing }),
    preview: (bytes: Buffer) => previewStartList(pro, { eventId, fileName: 'liste.csv', bytes }),
  };
}
