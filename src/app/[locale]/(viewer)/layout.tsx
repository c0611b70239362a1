import '#ui/styles/public.css';
import '#ui/styles/gallery.css';
import type { ReactNode } from 'react';

/** Nothing but the photo: no header, no footer. */
export default function ViewerLayout({ children }: { children: ReactNode }) {
  return children;
}
