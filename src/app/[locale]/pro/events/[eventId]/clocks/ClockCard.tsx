import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { trueTime } from '#domain/clocks/camera-clock.ts';
import type { EventCamera } from '#domain/clocks/list-cameras.ts';
import { formatClock } from '#ui/format-time.ts';
import { Notice } from '#ui/Notice.tsx';
import { ClockForms } from './clock-forms.client.tsx';
import { durationWords, offsetParts } from './offset-words.ts';
import { PlaceForm } from './place-form.client.tsx';
import { ResidualPlot } from './ResidualPlot.tsx';

interface CardProps {
  camera: EventCamera;
  others: EventCamera[];
  event: { id: string; timeZone: string; archived: boolean };
  places: { id: string; name: string }[];
}

/** Below this a drift is nothing that anybody would see in a day. */
const LEAST_DRIFT_MS = 100;
const DAY_MS = 86_400_000;
const STATES = { solved: 'good', 'qr-clock': 'good', hand: 'plain', 'same-as': 'plain' } as const;

/** What is known of one camera's clock, why it is believed, and how to put it right. */
export function ClockCard({ camera, others, event, places }: CardProps) {
  const t = useTranslations('clocks');
  const locale = useLocale();
  const format = useFormatter();
  const { clock, cameraKey } = camera;
  const time = (takenAt: Date) => {
    const at = (clock && trueTime(clock, takenAt)) ?? takenAt;
    return formatClock(at, { locale, timeZone: event.timeZone });
  };
  const id = `camera-${cameraKey.replaceAll(/\W+/gu, '-')}`;
  const method = clock?.method ?? null;
  const driftMs = ((clock?.driftPpm ?? 0) / 1e6) * DAY_MS;
  const followed = others.find((other) => other.cameraKey === clock?.sameAsKey);
  return (
    <section className="panel stack clock-card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{camera.label}</h2>
        {camera.bodySerial ? (
          <span className="muted small">{t('serial', { serial: camera.bodySerial })}</span>
        ) : null}
        <span className="chip end" data-state={method ? STATES[method] : 'warn'}>
          {t(`method.${method ?? 'unknown'}`, { camera: followed?.label ?? '' })}
        </span>
      </header>
      <dl className="clock-facts">
        <div>
          <dt>{t('offset')}</dt>
          <dd>{clock?.offsetMs == null ? t('unknown') : offsetWords(clock.offsetMs)}</dd>
        </div>
        {clock?.offsetMs == null ? null : (
          <div>
            <dt>{t('drift')}</dt>
            <dd>
              {Math.abs(driftMs) < LEAST_DRIFT_MS
                ? t('noDrift')
                : t(driftMs > 0 ? 'loses' : 'gains', { duration: durationWords(driftMs, locale) })}
            </dd>
          </div>
        )}
        {clock?.spreadMs == null ? null : (
          <div>
            <dt>{t('spread')}</dt>
            <dd>± {durationWords(clock.spreadMs, locale)}</dd>
          </div>
        )}
        {clock?.confidence == null ? null : (
          <div>
            <dt>{t('confidence')}</dt>
            <dd>{percent(clock.confidence)}</dd>
          </div>
        )}
        <div>
          <dt>{t('photos')}</dt>
          <dd>
            {format.number(camera.photoCount)}, {time(camera.first)} – {time(camera.last)}
          </dd>
        </div>
      </dl>
      {clock?.unsolved && method === null ? (
        <Notice state="warn">{t(`unsolved.${clock.unsolved}`)}</Notice>
      ) : null}
      {clock?.solution && method !== 'solved' ? (
        <p className="small">
          {t('readsSay', {
            offset: offsetWords(clock.solution.offsetMs),
            confidence: percent(clock.solution.confidence),
          })}
        </p>
      ) : null}
      {clock && clock.residuals.length > 0 ? (
        <ResidualPlot residuals={clock.residuals} spreadMs={clock.solution?.spreadMs ?? 1000} clock={time} />
      ) : null}
      {places.length > 0 ? (
        <div className="stack">
          <h3>{t('places')}</h3>
          <ul className="clock-stays">
            {staysOf(clock).map((stay) => {
              const period = `${time(stay.from ? new Date(stay.from) : camera.first)} – ${time(stay.until ? new Date(stay.until) : camera.last)}`;
              return (
                <li key={`${stay.source}/${stay.from}/${stay.until}`}>
                  <span className="clock-stay-time">{period}</span>
                  <PlaceForm
                    eventId={event.id}
                    cameraKey={cameraKey}
                    stay={stay}
                    places={places}
                    isFixed={event.archived}
                    period={period}
                  />
                </li>
              );
            })}
          </ul>
        </div>
      ) : null}
      {event.archived ? null : (
        <details className="fold">
          <summary>{t('change')}</summary>
          <ClockForms
            eventId={event.id}
            cameraKey={cameraKey}
            parts={offsetParts(clock?.offsetMs ?? clock?.solution?.offsetMs ?? 0, locale)}
            others={others
              .filter((other) => other.clock?.offsetMs != null && other.clock.method !== 'same-as')
              .map((other) => ({ cameraKey: other.cameraKey, label: nameOf(other) }))}
            shotCount={camera.shotCount}
            canTrustReads={method !== null && method !== 'solved'}
          />
        </details>
      )}
    </section>
  );

  function offsetWords(offsetMs: number): string {
    if (Math.abs(offsetMs) < 50) return t('exact');
    return t(offsetMs < 0 ? 'ahead' : 'behind', { duration: durationWords(offsetMs, locale) });
  }

  function percent(share: number): string {
    // Never certain: 100 % would promise more than anybody can.
    return format.number(Math.min(share, 0.999), { style: 'percent', maximumFractionDigits: 1 });
  }

  function nameOf({ label, bodySerial }: EventCamera): string {
    return bodySerial ? `${label}, ${t('serial', { serial: bodySerial })}` : label;
  }
}

type Stay = NonNullable<EventCamera['clock']>['stays'][number];
export type StayChoice = Pick<Stay, 'from' | 'until' | 'source'> & { placeId: string | null };

/** Each time once: a person's word hides what was solved for the same time. The whole day where nothing is known. */
function staysOf(clock: EventCamera['clock']): StayChoice[] {
  const stays = clock?.stays ?? [];
  const byHand = stays.filter(({ source }) => source === 'hand');
  const isSaid = (stay: Stay) => byHand.some(({ from, until }) => from === stay.from && until === stay.until);
  const shown = [...byHand, ...stays.filter((stay) => stay.source === 'solved' && !isSaid(stay))];
  const wholeDay: StayChoice = { from: null, until: null, placeId: null, source: 'solved' };
  return shown.length > 0 ? shown.sort((a, b) => (a.from ?? '').localeCompare(b.from ?? '')) : [wholeDay];
}
