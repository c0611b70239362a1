import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Evidence } from '#domain/weighing/scene.ts';

interface EvidenceListProps {
  bib: string;
  evidence: readonly Evidence[];
  /** Where the pro sees another photo of the event. */
  photoHref: (photoId: string) => string;
}

/** Why a tag is believed or not, in words, each clue with its log-odds. Needs the messages `matching`. */
export function EvidenceList({ bib, evidence, photoHref }: EvidenceListProps) {
  const tell = useTell(bib, photoHref);
  return (
    <ul className="evidence small muted">
      {evidence.map((piece) => {
        const words = tell(piece);
        if (words === null) return null;
        return (
          <li key={`${piece.kind}/${piece.values.photoId ?? piece.values.seen ?? ''}/${piece.weight}`}>
            {words} <Weight weight={piece.weight} />
          </li>
        );
      })}
    </ul>
  );
}

function Weight({ weight }: { weight: number }) {
  const t = useTranslations('matching.evidence');
  const format = useFormatter();
  return (
    <span className="num" title={t('weightTitle')}>
      <span className="sr-only">{t('weight')} </span>
      {format.number(weight, { signDisplay: 'always', maximumFractionDigits: 1 })}
    </span>
  );
}

function useTell(bib: string, photoHref: (photoId: string) => string): (piece: Evidence) => ReactNode {
  const t = useTranslations('matching.evidence');
  const format = useFormatter();
  const percent = (share: unknown) => format.number(Number(share ?? 0) * 100, { maximumFractionDigits: 0 });
  const apart = (seconds: number) => {
    const isLong = Math.abs(seconds) >= 120;
    const count = format.number(Math.abs(isLong ? seconds / 60 : seconds), {
      maximumFractionDigits: isLong ? 0 : 1,
    });
    return t(isLong ? 'minutes' : 'seconds', { count });
  };
  const where = (frames: number) => {
    if (Math.abs(frames) === 1) return t(frames > 0 ? 'where.next' : 'where.previous');
    return t(frames > 0 ? 'where.later' : 'where.earlier', { count: Math.abs(frames) });
  };

  return ({ kind, values, weight }) => {
    const seen = String(values.seen ?? bib);
    switch (kind) {
      case 'bib':
        return t(values.read === 'guess' ? 'bib.guess' : 'bib.sure', {
          seen,
          confidence: percent(values.confidence),
        });
      case 'partial-bib':
        return t('partial-bib', { seen, fitting: Number(values.fitting) });
      case 'alternative-bib':
        return t('alternative-bib', { seen, bib, percent: percent(values.probability) });
      case 'start-list':
        return t(values.listed === 1 ? 'start-list.listed' : 'start-list.unlisted');
      case 'timing':
        return tellTiming(values);
      case 'neighbour':
        return t.rich(`neighbour.${readOf(values.read)}`, {
          ...{ seen, percent: percent(values.link), where: where(Number(values.framesApart)) },
          photo: (words) => <Link href={photoHref(String(values.photoId))}>{words}</Link>,
        });
      case 'clothing':
        return t(weight > 0 ? 'clothing.same' : 'clothing.other', {
          ...{ bib, sightings: Number(values.sightings) },
        });
      case 'person':
        return t(values.decision === 'rejected' ? 'person.rejected' : 'person.confirmed');
      case 'face':
        return null;
    }
  };

  function tellTiming(values: Evidence['values']): string {
    if (values.passage !== 1) return t('timing.none', { bib });
    const [window, runners] = [Number(values.windowSeconds), Number(values.runnersInWindow)];
    const delta = Number(values.deltaSeconds);
    if (Math.abs(delta) > window)
      return t(delta > 0 ? 'timing.before' : 'timing.after', { delta: apart(delta) });
    if (runners === 1) return t('timing.only', { bib, window });
    if (values.fittingInWindow === 1) return t('timing.onlyFitting', { bib, runners, window });
    return t('timing.among', { delta: apart(delta), others: runners - 1, window });
  }
}

const READS = ['sure', 'guess', 'dropped', 'confirmed'] as const;

function readOf(read: unknown): (typeof READS)[number] | 'none' {
  return READS.find((known) => known === read) ?? 'none';
}
