import { ConfigError, getConfig } from '#platform/config.ts';
import { checkStripe, type StripeCheck, type StripeFinding } from '#platform/payments/check-stripe.ts';

type Locale = 'fr' | 'en';
type Words = Record<StripeFinding['subject'], Record<StripeFinding['verdict'], string>>;

const MARKS: Record<StripeFinding['verdict'], string> = {
  ready: '✓',
  missing: '✗',
  incomplete: '✗',
  notice: '!',
  hidden: '?',
};

const NAMES: Record<Locale, Record<StripeFinding['subject'], string>> = {
  fr: {
    account: 'Compte',
    webhook: 'Webhook des paiements',
    'sellers-webhook': 'Webhook des comptes connectés',
    connect: 'Connect',
    methods: 'Moyens de paiement',
    domain: 'Domaine (Apple Pay)',
  },
  en: {
    account: 'Account',
    webhook: 'Webhook of payments',
    'sellers-webhook': 'Webhook of connected accounts',
    connect: 'Connect',
    methods: 'Means of payment',
    domain: 'Domain (Apple Pay)',
  },
};

const WORDS: Record<Locale, Words> = {
  fr: {
    account: {
      ready: 'encaisse et vire.',
      missing: 'introuvable.',
      incomplete: 'pas encore actif. Il manque, dans le tableau de bord :',
      notice: 'actif ; Stripe demande encore :',
      hidden: 'la clé ne permet pas de le lire.',
    },
    webhook: {
      ready: 'reçoit tout ce qu’il faut.',
      missing: 'aucun n’est actif à l’adresse ci-dessous. Créez-le dans « Développeurs › Webhooks » avec :',
      incomplete: 'il lui manque ces événements :',
      notice: 'actif, mais d’une autre version d’API :',
      hidden: 'la clé ne permet pas de le lire.',
    },
    'sellers-webhook': {
      ready: 'reçoit tout ce qu’il faut.',
      missing: 'aucun. Créez un second webhook à la même adresse, pour les « comptes connectés », avec :',
      incomplete: 'il manque :',
      notice: 'actif, mais d’une autre version d’API :',
      hidden: 'la clé ne permet pas de le lire.',
    },
    connect: {
      ready: 'actif : des vendeurs peuvent être reliés.',
      missing: 'pas encore demandé. Activez Connect dans le tableau de bord pour payer des vendeurs.',
      incomplete: 'incomplet.',
      notice: 'répond, sans vendeur encore : le premier dira si l’inscription à Connect est complète.',
      hidden: 'la clé ne permet pas de le lire.',
    },
    methods: {
      ready: 'proposés :',
      missing: 'aucun.',
      incomplete: 'il manque :',
      notice: 'proposés (le prélèvement SEPA arrive après des jours et peut être repris 8 semaines) :',
      hidden: 'la clé ne permet pas de les lire.',
    },
    domain: {
      ready: 'enregistré :',
      missing: 'pas enregistré : ni Apple Pay ni Google Pay ne s’afficheront. Ajoutez :',
      incomplete: 'enregistré, mais Apple Pay est inactif :',
      notice: 'enregistré :',
      hidden: 'la clé ne permet pas de le lire.',
    },
  },
  en: {
    account: {
      ready: 'takes payments and pays out.',
      missing: 'not found.',
      incomplete: 'not active yet. Missing, in the dashboard:',
      notice: 'active; Stripe still asks for:',
      hidden: 'the key may not read it.',
    },
    webhook: {
      ready: 'receives all it should.',
      missing: 'none is enabled at the address below. Create it under "Developers › Webhooks" with:',
      incomplete: 'these events are missing:',
      notice: 'enabled, but of another API version:',
      hidden: 'the key may not read it.',
    },
    'sellers-webhook': {
      ready: 'receives all it should.',
      missing: 'none. Create a second webhook at the same address, for "connected accounts", with:',
      incomplete: 'missing:',
      notice: 'enabled, but of another API version:',
      hidden: 'the key may not read it.',
    },
    connect: {
      ready: 'on: sellers can be connected.',
      missing: 'not signed up for. Turn Connect on in the dashboard to pay sellers.',
      incomplete: 'incomplete.',
      notice:
        'answers, with no seller yet: the first one will tell whether the sign-up to Connect is complete.',
      hidden: 'the key may not read it.',
    },
    methods: {
      ready: 'offered:',
      missing: 'none.',
      incomplete: 'missing:',
      notice: 'offered (SEPA debit arrives after days and can be taken back for 8 weeks):',
      hidden: 'the key may not read them.',
    },
    domain: {
      ready: 'registered:',
      missing: 'not registered: neither Apple Pay nor Google Pay will show. Add:',
      incomplete: 'registered, but Apple Pay is inactive:',
      notice: 'registered:',
      hidden: 'the key may not read it.',
    },
  },
};

const OUTCOMES = {
  fr: {
    noKey: 'Stripe n’est pas configuré : STRIPE_SECRET_KEY est vide. Voir docs/operate.md, « Payments ».',
    unanswered: 'Stripe ne répond pas, ou refuse la clé',
    mode: { test: 'mode test', live: 'mode réel' },
  },
  en: {
    noKey: 'Stripe is not set up: STRIPE_SECRET_KEY is empty. See docs/operate.md, "Payments".',
    unanswered: 'Stripe does not answer, or refuses the key',
    mode: { test: 'test mode', live: 'live mode' },
  },
};

/** Prints how far Stripe is set up. 0 when money can be taken and passed on; 1 otherwise. */
export async function runCheckStripe(locale: Locale): Promise<number> {
  try {
    const config = getConfig();
    const check = await checkStripe(config);
    for (const line of tellCheck(check, locale, config.publicUrl)) console.log(line);
    return isReady(check) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    return 1;
  }
}

export function tellCheck(check: StripeCheck, locale: Locale, publicUrl: string): string[] {
  const { noKey, unanswered, mode } = OUTCOMES[locale];
  if (check.outcome === 'no-key') return [noKey];
  if (check.outcome === 'unanswered') return [`${unanswered} (${check.reason}).`];
  return [
    `Stripe ${check.account}, ${mode[check.mode]} · ${publicUrl}/api/webhooks/stripe`,
    ...check.findings.flatMap(({ subject, verdict, facts }) => [
      `${MARKS[verdict]} ${NAMES[locale][subject]}${locale === 'fr' ? ' ' : ''}: ${WORDS[locale][subject][verdict]}`,
      ...(facts.length > 0 ? [`    ${facts.join(', ')}`] : []),
    ]),
  ];
}

function isReady(check: StripeCheck): boolean {
  if (check.outcome !== 'checked') return false;
  return check.findings.every(({ verdict }) => verdict !== 'missing' && verdict !== 'incomplete');
}
