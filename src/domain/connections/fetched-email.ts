import type { Context, Locale } from '#context.ts';
import { postAccountEmail } from '#domain/accounts/account-email.ts';
import type { EventRow } from '#domain/events/event.ts';
import type { ConnectionRow } from './connection.ts';

interface FetchedMail {
  user: { email: string; locale: Locale };
  event: EventRow;
  connection: ConnectionRow;
  sha256: string;
}

/** Says that a connection brought changes which wait for a word. Once for each file. */
export async function postFetchedMail(tx: Context, mail: FetchedMail): Promise<void> {
  const { user, event, connection } = mail;
  const words = WORDS[user.locale];
  const page = connection.kind === 'passages' ? 'timing' : 'start-list';
  await postAccountEmail(tx, {
    to: user.email,
    locale: user.locale,
    kind: 'connection-fetched',
    uniqueKey: `connection/${connection.id}/${mail.sha256}`,
    subject: words.subject(event.name),
    paragraphs: [words.waits(event.name), words.nothing],
    link: { label: words.look, path: `/pro/events/${event.id}/${page}` },
  });
}

interface Words {
  subject(event: string): string;
  waits(event: string): string;
  look: string;
  nothing: string;
}

const WORDS: Record<Locale, Words> = {
  fr: {
    subject: (event) => `Des changements vous attendent (${event})`,
    waits: (event) =>
      `Une connexion de « ${event} » a rapporté des changements. Regardez-les et acceptez-les.`,
    look: 'Voir les changements',
    nothing: 'Tant que vous n’avez rien accepté, rien ne change. Le prochain message viendra après.',
  },
  en: {
    subject: (event) => `Changes are waiting for you (${event})`,
    waits: (event) => `A connection of “${event}” has brought changes. Look at them and accept them.`,
    look: 'See the changes',
    nothing: 'Nothing changes until you accept. The next message comes after that.',
  },
};
