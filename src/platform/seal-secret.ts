import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** The secrets of the server: what is sealed under the one before can still be opened. */
export interface SealingSecrets {
  authSecret: string;
  authSecretBefore: string | null;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Text that only this server reads: `1.key.bytes`, AES-256-GCM. `boundTo` is the row it belongs to; in another row it does not
 * open. The key's short name tells which secret it was sealed under.
 */
export function sealSecret(secrets: SealingSecrets, plain: string, boundTo: string): string {
  const key = keyOf(secrets.authSecret);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(boundTo));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `1.${nameOf(key)}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** The text again, and whether it should be sealed anew because the secret has changed since. Null when no secret that is
 *  known opens it: it was sealed under another, for another row, or altered. */
export function openSealed(
  secrets: SealingSecrets,
  sealed: string,
  boundTo: string,
): { plain: string; isOld: boolean } | null {
  const [version, name, bytes = ''] = sealed.split('.');
  const known = [secrets.authSecret, secrets.authSecretBefore].filter((secret) => secret !== null).map(keyOf);
  const index = known.findIndex((key) => nameOf(key) === name);
  const key = known[index];
  if (version !== '1' || !key) return null;
  const plain = decipher(key, Buffer.from(bytes, 'base64url'), boundTo);
  return plain === null ? null : { plain, isOld: index > 0 };
}

function decipher(key: Buffer, bytes: Buffer, boundTo: string): string | null {
  if (bytes.length < IV_BYTES + TAG_BYTES) return null;
  const opening = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    const rest = bytes.subarray(IV_BYTES + TAG_BYTES);
    return Buffer.concat([opening.update(rest), opening.final()]).toString('utf8');
  } catch {
    // Only the tag can be wrong: the text was altered or belongs to another row.
    return null;
  }
}

/** Not the secret itself: what signs sessions opens nothing, and the other way round. */
function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'focus-racer/sealed-secrets/1', 32));
}

function nameOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}
