import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Evidence } from '#domain/weighing/scene.ts';
import english from '../../messages/en/matching.json' with { type: 'json' };
import french from '../../messages/fr/matching.json' with { type: 'json' };
import { EvidenceList } from './EvidenceList.tsx';

const messages = { en: { matching: english }, fr: { matching: french } };

function told(locale: 'fr' | 'en', ...evidence: Evidence[]): string[] {
  const page = renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messages[locale]} timeZone="UTC" onError={refuse}>
      <EvidenceList bib="112" evidence={evidence} photoHref={(id) => `/photos/${id}`} />
    </NextIntlClientProvider>,
  );
  return [...page.matchAll(/<li>(.*?)<\/li>/gu)].map(([, words = '']) => words.replace(/<[^>]*>/gu, ''));
}

function refuse(error: Error): void {
  throw error;
}

const neighbour = (read: string, seen?: string): Evidence => ({
  ...{ kind: 'neighbour', weight: 2.3 },
  values: { photoId: 'a', framesApart: 1, link: 0.94, read, ...(seen ? { seen } : {}) },
});

test('a neighbour is told by what was read there, and by nothing where nothing was', () => {
  const all = [neighbour('sure', '112'), neighbour('guess', '112'), neighbour('dropped', '11…')];
  expect(told('en', ...all, neighbour('confirmed'), neighbour('none'))).toEqual([
    '112 read clearly on the next photo, the same person at 94% weight +2.3',
    '112 read with doubt on the next photo, the same person at 94% weight +2.3',
    '11… glimpsed on the next photo, the same person at 94% weight +2.3',
    '112 confirmed by a person on the next photo, the same person at 94% weight +2.3',
    'The same person at 94% as on the next photo, where no bib tells who weight +2.3',
  ]);
  expect(told('fr', neighbour('none'))).toEqual([
    'Même personne à 94 % que sur la photo suivante, où aucun dossard ne le dit poids +2,3',
  ]);
});

test('what has no words shows no number either', () => {
  expect(told('en', { kind: 'face', weight: 1.2, values: {} })).toEqual([]);
});
