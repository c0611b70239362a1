import Link from 'next/link';

/** Keyset pages: back to the first, on to the next. Nothing when there is one page. */
export function Pager({
  label,
  first,
  next,
}: {
  label: string;
  first?: { href: string; label: string } | null;
  next?: { href: string; label: string } | null;
}) {
  if (!first && !next) return null;
  return (
    <nav className="pager" aria-label={label}>
      {first ? (
        <Link className="button" data-kind="quiet" href={first.href} prefetch={false}>
          {first.label}
        </Link>
      ) : null}
      {next ? (
        <Link className="button" href={next.href} prefetch={false} rel="next">
          {next.label}
        </Link>
      ) : null}
    </nav>
  );
}
