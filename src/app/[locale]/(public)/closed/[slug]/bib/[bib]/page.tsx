import { metadataForVisitor, pageForVisitor } from '#app/_web/for-visitor.ts';
import BibPage, {
  generateMetadata as metadataOf,
} from '#app/[locale]/(public)/events/[slug]/bib/[bib]/page.tsx';

export const dynamic = 'force-dynamic';
export const generateMetadata = metadataForVisitor(metadataOf);

export default pageForVisitor(BibPage);
