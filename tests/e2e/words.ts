import { readdirSync, readFileSync } from 'node:fs';
import { createTranslator } from 'next-intl';

export type Words = (key: string, values?: Record<string, string | number>) => string;

/** The product's own sentences, so that a test finds what a person reads: `words('shop.cart.title')`. */
export function wordsOf(locale: 'fr' | 'en'): Words {
  const folder = new URL(`../../messages/${locale}/`, import.meta.url);
  const messages = Object.fromEntries(
    readdirSync(folder).map((file) => [
      file.replace('.json', ''),
      JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
    ]),
  );
  const translate = createTranslator({ locale, messages, timeZone: 'UTC' });
  return (key, values) => translate(key, values);
}
