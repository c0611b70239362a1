/** What each rule of the rooms' fault readers says, when all is well. */
export const RULES: Record<'fr' | 'en', Record<string, string>> = {
  fr: {
    'credits-balance': 'Crédits : chaque solde est la somme de ses écritures',
    'credits-of-photo': 'Crédits : une photo coûte une fois son prix au plus, et rien quand elle a échoué',
    'photo-counts': 'Photos : les totaux de chaque événement sont justes',
    'photo-renditions': 'Photos : une photo prête a tout ce que les galeries montrent',
    'storage-missing': 'Stockage : tout fichier nommé est là',
    'storage-orphan': 'Stockage : aucun fichier sans propriétaire depuis plus de 24 h',
  },
  en: {
    'credits-balance': 'Credits: each balance is the sum of its entries',
    'credits-of-photo': 'Credits: a photo costs its price once at most, and nothing when it failed',
    'photo-counts': 'Photos: the totals of each event are right',
    'photo-renditions': 'Photos: a ready photo has all that galleries show',
    'storage-missing': 'Storage: every file that is named is there',
    'storage-orphan': 'Storage: no file without an owner for more than 24 h',
  },
};

export const INTEGRITY_WORDS = {
  fr: {
    clean: 'Rien à signaler.',
    found: (count: number) => `${count} anomalie${count > 1 ? 's' : ''}.`,
    more: (count: number) => `… et ${count} de plus`,
  },
  en: {
    clean: 'Nothing is wrong.',
    found: (count: number) => `${count} fault${count > 1 ? 's' : ''}.`,
    more: (count: number) => `… and ${count} more`,
  },
};
