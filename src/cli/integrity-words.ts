/** What each rule of the rooms' fault readers says, when all is well. */
export const RULES: Record<'fr' | 'en', Record<string, string>> = {
  fr: {
    'credits-balance': 'Crédits : chaque solde est la somme de ses écritures',
    'credits-of-photo': 'Crédits : une photo coûte une fois son prix au plus, et rien quand elle a échoué',
    'delivered-or-refunded': 'Commandes : ce qui est payé est livré ou remboursé dans la demi-heure',
    'dispute-has-order': 'Contestations : chacune porte sur une commande d’ici',
    'dispute-is-answered': 'Contestations : chacune a sa réponse avant l’échéance',
    'disputed-is-frozen': 'Contestations : une commande contestée est gelée',
    'frozen-is-disputed': 'Contestations : une commande gelée est contestée',
    'line-delivered-or-refunded': 'Commandes : chaque photo payée est livrée ou remboursée',
    'lines-make-the-order':
      'Commandes : les lignes font le total, et aucune n’est remboursée au-delà de son prix',
    'notice-counts': 'Paiements : aucun avis du prestataire n’est mis de côté',
    'paid-is-charged-once': 'Paiements : une commande est payée si et seulement si elle est débitée une fois',
    'parts-make-the-refund': 'Remboursements : les parts font chaque remboursement',
    'refund-ends': 'Remboursements : aucun n’attend trop longtemps',
    'refunds-make-the-order': 'Remboursements : commande, remboursements et lignes disent la même somme',
    'photo-counts': 'Photos : les totaux de chaque événement sont justes',
    'photo-renditions': 'Photos : une photo prête a tout ce que les galeries montrent',
    'storage-missing': 'Stockage : tout fichier nommé est là',
    'storage-orphan': 'Stockage : aucun fichier sans propriétaire depuis plus de 24 h',
  },
  en: {
    'credits-balance': 'Credits: each balance is the sum of its entries',
    'credits-of-photo': 'Credits: a photo costs its price once at most, and nothing when it failed',
    'delivered-or-refunded': 'Orders: what is paid is delivered or refunded within half an hour',
    'dispute-has-order': 'Disputes: each is about an order of ours',
    'dispute-is-answered': 'Disputes: each has its answer in time',
    'disputed-is-frozen': 'Disputes: a disputed order is frozen',
    'frozen-is-disputed': 'Disputes: a frozen order is disputed',
    'line-delivered-or-refunded': 'Orders: each photo that is paid is delivered or refunded',
    'lines-make-the-order': 'Orders: lines make the total, and none is refunded beyond its price',
    'notice-counts': 'Payments: no notice of the provider is set aside',
    'paid-is-charged-once': 'Payments: an order is paid if and only if it is charged once',
    'parts-make-the-refund': 'Refunds: the parts make each refund',
    'refund-ends': 'Refunds: none waits too long',
    'refunds-make-the-order': 'Refunds: order, refunds and lines tell one sum',
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
