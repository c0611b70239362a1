import '#ui/styles/tokens.css';
import '#ui/styles/base.css';
import '#ui/styles/components.css';
import '#ui/styles/parts.css';
import type { Metadata } from 'next';
import { EmptyState } from '#ui/EmptyState.tsx';
import english from '../../messages/en/common.json';
import french from '../../messages/fr/common.json';
import { geist } from './_web/font.ts';

export const metadata: Metadata = { title: french.notFound.title, robots: { index: false } };

/** For addresses without a language, both are spoken. */
export default function GlobalNotFound() {
  return (
    <html lang="fr" className={geist.variable}>
      <body>
        <main id="content">
          <EmptyState
            title={french.notFound.title}
            heading="h1"
            actions={
              <>
                <a className="button" data-kind="primary" href="/fr">
                  {french.notFound.home}
                </a>
                <a className="button" href="/en" lang="en">
                  {english.notFound.home}
                </a>
              </>
            }
          >
            {french.notFound.text}
          </EmptyState>
        </main>
      </body>
    </html>
  );
}
