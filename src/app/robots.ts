import type { MetadataRoute } from 'next';
import { publicContext } from './_web/public-context.ts';

/** Asked of the settings at run time: a build knows no address. */
export const dynamic = 'force-dynamic';

const CLOSED = [
  'cart',
  'checkout',
  'orders',
  'pay',
  'account',
  'pro',
  'test-payment',
  'test-onboarding',
  'sign-in',
  'sign-up',
];

/** Events may be found; carts, orders and desks not. Marked photos are kept out by their own header. */
export default async function robots(): Promise<MetadataRoute.Robots> {
  const { config } = await publicContext('fr');
  return {
    rules: { userAgent: '*', allow: '/', disallow: ['/api/', ...CLOSED.map((page) => `/*/${page}`)] },
    sitemap: `${config.publicUrl}/sitemap.xml`,
  };
}
