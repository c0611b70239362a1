import type { Locale } from '#context.ts';

interface Words {
  title(number: string): string;
  intro: string;
  order: string;
  number: string;
  total: string;
  refunded: string;
  placed: string;
  from: string;
  buyer: string;
  billedTo: string;
  paid: string;
  delivered: string;
  never: string;
  unknown: string;
  bought: string;
  columns: { what: string; file: string; price: string; at: string; address: string; agent: string };
  kinds: { photo: string; 'all-photos': string; 'whole-event': string; credits: string };
  sizes: { web: string; original: string };
  bib(bib: string): string;
  consent: string;
  consentText(at: string, version: string): string;
  noWithdrawal: string;
  repeated(at: string): string;
  access: string;
  accessText(count: number): string;
  downloads: string;
  downloadsText(count: number): string;
  zip: string;
  mails: string;
  sent: string;
  subject: string;
  refunds: string;
  none: string;
  shownFirst(shown: number, count: number): string;
  product: string;
}

export const EVIDENCE_WORDS: Record<Locale, Words> = {
  fr: {
    title: (number) => `Preuves de la commande ${number}`,
    intro: 'Extrait de nos registres. Tous les instants sont en temps universel (UTC).',
    order: 'Commande',
    number: 'Numéro',
    total: 'Montant payé',
    refunded: 'Déjà remboursé',
    placed: 'Passée le',
    from: 'Depuis',
    buyer: 'Adresse e-mail de l’acheteur',
    billedTo: 'Facturée à',
    paid: 'Payée le',
    delivered: 'Fichiers mis à disposition le',
    never: 'pas encore',
    unknown: 'non connu',
    bought: 'Ce qui a été acheté',
    columns: {
      what: 'Article',
      file: 'Fichier',
      price: 'Prix',
      at: 'Instant',
      address: 'Adresse IP',
      agent: 'Navigateur',
    },
    kinds: {
      photo: 'Une photo',
      'all-photos': 'Toutes les photos d’un coureur',
      'whole-event': 'Toutes les photos de l’événement',
      credits: 'Crédits de traitement',
    },
    sizes: { web: 'format web', original: 'original' },
    bib: (bib) => `dossard ${bib}`,
    consent: 'Accord de l’acheteur',
    consentText: (at, version) =>
      `Le ${at}, avant de payer, l’acheteur a coché lui-même ces deux cases, vides au départ (texte de version ${version}) :`,
    noWithdrawal:
      'Le contenu numérique a été fourni aussitôt, à la demande de l’acheteur : le droit de rétractation a pris fin (article L. 221-28, 13° du code de la consommation).',
    repeated: (at) => `L’e-mail de confirmation, envoyé le ${at}, répète ces deux phrases avant le lien.`,
    access: 'Ouvertures de la page de la commande',
    accessText: (count) =>
      `La page s’ouvre par un lien secret, donné après le paiement et envoyé à l’adresse e-mail de l’acheteur. Ouvertures enregistrées (une au plus par heure et adresse) : ${count}.`,
    downloads: 'Téléchargements',
    downloadsText: (count) => `Fichiers remis : ${count}.`,
    zip: 'archive ZIP de toute la commande',
    mails: 'E-mails à l’acheteur',
    sent: 'Envoyé',
    subject: 'Objet',
    refunds: 'Remboursements',
    none: 'Rien d’enregistré.',
    shownFirst: (shown, count) => `Les ${shown} premières lignes sur ${count}.`,
    product:
      'Photographies d’une course, vendues sous forme de fichiers numériques et téléchargées depuis une page personnelle.',
  },
  en: {
    title: (number) => `Evidence for order ${number}`,
    intro: 'Extract of our records. All instants are in universal time (UTC).',
    order: 'Order',
    number: 'Number',
    total: 'Amount paid',
    refunded: 'Refunded so far',
    placed: 'Placed on',
    from: 'From',
    buyer: 'Buyer’s e-mail address',
    billedTo: 'Billed to',
    paid: 'Paid on',
    delivered: 'Files made available on',
    never: 'not yet',
    unknown: 'not known',
    bought: 'What was bought',
    columns: {
      what: 'Item',
      file: 'File',
      price: 'Price',
      at: 'Instant',
      address: 'IP address',
      agent: 'Browser',
    },
    kinds: {
      photo: 'One photo',
      'all-photos': 'All photos of a runner',
      'whole-event': 'All photos of the event',
      credits: 'Processing credits',
    },
    sizes: { web: 'web size', original: 'original' },
    bib: (bib) => `bib ${bib}`,
    consent: 'The buyer’s consent',
    consentText: (at, version) =>
      `On ${at}, before paying, the buyer ticked these two boxes, which were empty at first (text version ${version}):`,
    noWithdrawal:
      'The digital content was supplied at once, at the buyer’s request: the right of withdrawal has ended (article L. 221-28, 13° of the French consumer code).',
    repeated: (at) => `The e-mail of confirmation, sent on ${at}, repeats both statements before the link.`,
    access: 'Openings of the order’s page',
    accessText: (count) =>
      `The page opens by a secret link, given after the payment and sent to the buyer’s e-mail address. Openings on record (at most one an hour and address): ${count}.`,
    downloads: 'Downloads',
    downloadsText: (count) => `Files handed over: ${count}.`,
    zip: 'ZIP of the whole order',
    mails: 'E-mails to the buyer',
    sent: 'Sent',
    subject: 'Subject',
    refunds: 'Refunds',
    none: 'None on record.',
    shownFirst: (shown, count) => `The first ${shown} lines of ${count}.`,
    product: 'Photographs of a race, sold as digital files and downloaded from a personal page.',
  },
};
