import { z } from 'zod';
import type { Locale, Role } from '#context.ts';
import { commonPasswordReason } from './password-rules.ts';

export const PRO_ROLES = ['PHOTOGRAPHER', 'ORGANIZER', 'AGENCY', 'CLUB', 'FEDERATION'] as const;
/** Who may sign up by the public form; an ADMIN is made by a command or by another admin. */
export const SIGN_UP_ROLES = [...PRO_ROLES, 'RUNNER'] as const;
export const ROLES = [...SIGN_UP_ROLES, 'ADMIN'] as const;

export type ProRole = (typeof PRO_ROLES)[number];

export function isProRole(role: Role): role is ProRole {
  return PRO_ROLES.some((pro) => pro === role);
}

export interface Account {
  userId: string;
  name: string;
  email: string;
  emailVerified: boolean;
  role: Role;
  locale: Locale;
  organisation: { id: string; name: string; kind: ProRole } | null;
}

export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 128;

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'accounts.emailInvalid')
  .pipe(z.email('accounts.emailInvalid'));

export const nameSchema = z.string().trim().min(1, 'accounts.nameRequired').max(120, 'accounts.nameTooLong');

export const localeSchema = z.enum(['fr', 'en']);

export const passwordSchema = z
  .string()
  .min(PASSWORD_MIN_LENGTH, 'accounts.passwordTooShort')
  .max(PASSWORD_MAX_LENGTH, 'accounts.passwordTooLong')
  .refine((password) => commonPasswordReason(password) === null, 'accounts.passwordCommon');
