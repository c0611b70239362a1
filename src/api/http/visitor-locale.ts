import type { Locale } from '#context.ts';

const COOKIE = 'NEXT_LOCALE';

/** The language a visitor chose before, or the one the browser prefers; French when it names neither. */
export function visitorLocale(headers: { cookie?: string; 'accept-language'?: string }): Locale {
  const chosen = new RegExp(`(?:^|;\\s*)${COOKIE}=(fr|en)(?:;|$)`).exec(headers.cookie ?? '')?.[1];
  if (chosen === 'fr' || chosen === 'en') return chosen;
  return preferred(headers['accept-language'] ?? '');
}

function preferred(header: string): Locale {
  const wishes = header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...facts] = part.trim().toLowerCase().split(';');
      const weight = facts.map((fact) => /^\s*q=([\d.]+)$/.exec(fact)?.[1]).find((found) => found);
      return { language: tag.split('-')[0], weight: weight ? Number(weight) : 1 };
    })
    .filter((wish) => wish.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const first = wishes.find((wish) => wish.language === 'fr' || wish.language === 'en');
  return first?.language === 'en' ? 'en' : 'fr';
}
