import type { ComponentProps } from 'react';

interface RenditionImageProps extends ComponentProps<'img'> {
  /** What the photo shows, in words; empty beside words that say it. */
  alt: string;
}

/** A stored rendition as it is: it already has its size, so that Next's optimiser, which is off, has nothing to add. */
export function RenditionImage({ alt, ...image }: RenditionImageProps) {
  // biome-ignore lint/performance/noImgElement: see above; every other file shows photos by this component.
  return <img alt={alt} {...image} />;
}
