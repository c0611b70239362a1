import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { hasCode } from './has-code.ts';

/** The secret kept in a file only its owner reads; made on the first call. Safe when two processes start at once. */
export function keepSecret(path: string): string {
  const kept = read(path);
  if (kept) return kept;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, randomBytes(36).toString('base64url'), { mode: 0o600, flush: true });
  try {
    // A link fails when the other process was first, and never shows a half-written file.
    linkSync(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
  const secret = read(path);
  if (!secret) throw new Error('the generated secret cannot be read back');
  return secret;
}

function read(path: string): string | null {
  try {
    const secret = readFileSync(path, 'utf8').trim();
    return secret.length >= 32 ? secret : null;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
