import ipaddr from 'ipaddr.js';

/** Global unicast as it is given out today: what is special inside of it, `range` knows. */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR('2000::/3');

/** True for an IP address of the open Internet: no private, local, shared, mapped, translated, reserved or multicast one. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || address.match(GIVEN_OUT);
}
