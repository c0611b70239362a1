import { ICON_PATHS, type IconName } from './icon-paths.ts';

/** Decoration beside words: hidden from assistive technology. Needs the sprite of the layout. */
export function Icon({ name, solid }: { name: IconName; solid?: boolean }) {
  return (
    <svg className="icon" aria-hidden="true" data-solid={solid ? '' : undefined}>
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** All the icons once per document, so that each use costs a few bytes. */
export function IconSprite() {
  return (
    <svg className="sprite" aria-hidden="true">
      {Object.entries(ICON_PATHS).map(([name, path]) => (
        <symbol key={name} id={`i-${name}`} viewBox="0 0 24 24">
          <path d={path} />
        </symbol>
      ))}
    </svg>
  );
}
