import { notFound } from 'next/navigation';

/** An address that no page answers gets the page that says so, in its language. */
export default function UnknownPage() {
  notFound();
}
