import type { ReactNode } from 'react';
import { BlankBib } from './Bib.tsx';

/** A list that has nothing yet: why, and the next thing to do. */
export function EmptyState({
  title,
  children,
  actions,
  heading = 'h2',
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  heading?: 'h1' | 'h2' | 'h3';
}) {
  const Heading = heading;
  return (
    <div className="empty">
      <BlankBib />
      <Heading>{title}</Heading>
      {children ? <p>{children}</p> : null}
      {actions ? <div className="row">{actions}</div> : null}
    </div>
  );
}
