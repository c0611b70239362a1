/** Where sellers may live, ISO 3166-1: one region, so that a platform in France may transfer to them. */
export const SELLER_COUNTRIES =
  'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ');
