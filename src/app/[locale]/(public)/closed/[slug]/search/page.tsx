import { metadataForVisitor, pageForVisitor } from '#app/_web/for-visitor.ts';
import SearchPage, {
  generateMetadata as metadataOf,
} from '#app/[locale]/(public)/events/[slug]/search/page.tsx';

export const dynamic = 'force-dynamic';
export const generateMetadata = metadataForVisitor(metadataOf);

export default pageForVisitor(SearchPage);
