import '#ui/styles/public.css';
import '#ui/styles/gallery.css';
import type { ReactNode } from 'react';
import { SiteFooter } from './_parts/site-footer.tsx';
import { SiteHeader } from './_parts/site-header.tsx';

export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SiteHeader />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <SiteFooter />
    </>
  );
}
