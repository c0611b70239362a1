import '#ui/styles/public.css';
import '#ui/styles/shop.css';
import type { ReactNode } from 'react';

/** One thing per screen: no menu and no footer that lead away from the payment. */
export default function PayLayout({ children }: { children: ReactNode }) {
  return children;
}
