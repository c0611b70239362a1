import { metadataForVisitor, pageForVisitor } from '#app/_web/for-visitor.ts';
import GalleryPage, {
  generateMetadata as metadataOf,
} from '#app/[locale]/(public)/events/[slug]/gallery/page.tsx';

export const dynamic = 'force-dynamic';
export const generateMetadata = metadataForVisitor(metadataOf);

export default pageForVisitor(GalleryPage);
