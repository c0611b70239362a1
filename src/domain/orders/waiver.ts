import type { Locale } from '#context.ts';

interface Waiver {
  version: string;
  statements: Record<Locale, readonly [string, string]>;
}

/**
 * The two statements by which a buyer has the photos at once instead of withdrawing (art. L. 221-28, 13° of the
 * French consumer code). A version is never edited, only followed by another: orders name the one that was ticked.
 */
const WAIVERS: readonly [Waiver, ...Waiver[]] = [
  {
    version: '2026-11-23',
    statements: {
      fr: [
        'Je demande à recevoir mes photos immédiatement, avant la fin du délai de rétractation de 14 jours.',
        'Je reconnais que je perds mon droit de rétractation dès que le téléchargement est possible.',
      ],
      en: [
        'I ask to receive my photos immediately, before the 14-day withdrawal period ends.',
        'I acknowledge that I lose my right of withdrawal as soon as the download is available.',
      ],
    },
  },
];

export const WAIVER_VERSION = WAIVERS[0].version;

/** The statements as they stood in that version. */
export function waiverStatements(version: string, locale: Locale): readonly [string, string] {
  const waiver = WAIVERS.find((one) => one.version === version) ?? WAIVERS[0];
  return waiver.statements[locale];
}
