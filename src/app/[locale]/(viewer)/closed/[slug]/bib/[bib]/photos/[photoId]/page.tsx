import { metadataForVisitor, pageForVisitor } from '#app/_web/for-visitor.ts';
import RunnerPhotoPage, {
  generateMetadata as metadataOf,
} from '#app/[locale]/(viewer)/events/[slug]/bib/[bib]/photos/[photoId]/page.tsx';

export const dynamic = 'force-dynamic';
export const generateMetadata = metadataForVisitor(metadataOf);

export default pageForVisitor(RunnerPhotoPage);
