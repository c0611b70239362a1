import { metadataForVisitor, pageForVisitor } from '#app/_web/for-visitor.ts';
import WholeEventPage, {
  generateMetadata as metadataOf,
} from '#app/[locale]/(public)/events/[slug]/whole-event/page.tsx';

export const dynamic = 'force-dynamic';
export const generateMetadata = metadataForVisitor(metadataOf);

export default pageForVisitor(WholeEventPage);
