/** The transport will never take this mail: trying again is of no use. The message holds no address. */
export class MailRefused extends Error {
  override name = 'MailRefused';
}
