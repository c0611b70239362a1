import type { z } from 'zod';

/** A password that is the address, or its first part, or the person's name, is the first that a stranger tries. */
export function refusePasswordLikeEmail(
  person: { email: string; password: string; name?: string },
  check: z.core.$RefinementCtx,
): void {
  const password = person.password.toLowerCase();
  const known = [person.email, person.email.split('@')[0] ?? '', person.name?.toLowerCase() ?? ''];
  if (!known.some((word) => word !== '' && password === word)) return;
  check.addIssue({ code: 'custom', path: ['password'], message: 'accounts.passwordLikeYou' });
}
