import { metadataForVisitor, pageForVisitor } from '#app/_web/for-visitor.ts';
import NotMePage, {
  generateMetadata as metadataOf,
} from '#app/[locale]/(public)/events/[slug]/bib/[bib]/not-me/page.tsx';

export const dynamic = 'force-dynamic';
export const generateMetadata = metadataForVisitor(metadataOf);

export default pageForVisitor(NotMePage);
