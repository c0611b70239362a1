'use client';

import { useParams } from 'next/navigation';
import english from '../../../messages/en/failure.json';
import french from '../../../messages/fr/failure.json';

/** What error.tsx shows: that nothing is lost, and another try. Its words travel with it, for the server may be what failed. */
export function FailureScreen({ retry }: { retry: () => void }) {
  const { locale } = useParams<{ locale?: string }>();
  const words = locale === 'en' ? english : french;
  return (
    <div className="empty" role="alert">
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      <div className="row">
        <button type="button" className="button" data-kind="primary" onClick={retry}>
          {words.retry}
        </button>
        <a className="button" href={`/${locale === 'en' ? 'en' : 'fr'}`}>
          {words.home}
        </a>
      </div>
    </div>
  );
}
