import type { ReactNode } from 'react';
import { metadataForVisitor, pageForVisitor } from '#app/_web/for-visitor.ts';
import { ClosedDoor } from '#app/[locale]/(public)/_parts/closed-door.tsx';
import { loadEntrance } from '#app/[locale]/(public)/_parts/load-event.ts';
import EventPage, { generateMetadata as metadataOf } from '#app/[locale]/(public)/events/[slug]/page.tsx';

interface ClosedEventProps {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<{ code?: string | string[] }>;
}

export const dynamic = 'force-dynamic';
export const generateMetadata = metadataForVisitor(metadataOf);

export default pageForVisitor(ClosedEventPage);

/** Whoever comes here gave a code before: if it is still asked for, that one was wrong, or holds no more. */
async function ClosedEventPage({ params, searchParams }: ClosedEventProps): Promise<ReactNode> {
  const [{ locale, slug }, { code }] = await Promise.all([params, searchParams]);
  const { closed } = await loadEntrance(locale, slug);
  if (!closed) return EventPage({ params });
  return <ClosedDoor event={closed} refused={code === 'wait' ? 'wait' : 'wrong'} locale={locale} />;
}
