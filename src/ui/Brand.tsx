import { BlankBib } from './Bib.tsx';

export function Brand({ href, name }: { href: string; name: string }) {
  return (
    <a className="brand" href={href}>
      <BlankBib digits={2} />
      {name}
    </a>
  );
}
