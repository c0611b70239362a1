import { useTranslations } from 'next-intl';
import { type RefObject, useEffect } from 'react';

const KEYS: readonly [keys: string[], word: string][] = [
  [['0–9'], 'type'],
  [['/'], 'search'],
  [['↵'], 'accept'],
  [['⇧ ↵'], 'asWell'],
  [['↑', '↓'], 'choose'],
  [['R'], 'reject'],
  [['N'], 'nobody'],
  [['B'], 'burst'],
  [['←', '→'], 'turn'],
  [['U', 'Ctrl Z'], 'undo'],
  [['⌫', 'Esc'], 'erase'],
  [['Z'], 'zoom'],
  [['?'], 'help'],
];

/** All the keys, and the switch that leaves single ones to other tools. */
export function HelpSheet({
  dialog,
  single,
  onSingle,
}: {
  dialog: RefObject<HTMLDialogElement | null>;
  single: boolean;
  onSingle: (on: boolean) => void;
}) {
  const t = useTranslations('triage');
  useEffect(() => {
    const sheet = dialog.current;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '?') sheet?.close();
    };
    sheet?.addEventListener('keydown', onKey);
    return () => sheet?.removeEventListener('keydown', onKey);
  }, [dialog]);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="triage-keys">
      <h2 id="triage-keys">{t('keys.title')}</h2>
      <dl className="key-list">
        {KEYS.map(([keys, word]) => (
          <div key={word}>
            <dt>
              {keys.map((key) => (
                <kbd key={key} className="key">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{t(`keys.${word}`)}</dd>
          </div>
        ))}
      </dl>
      <label className="tick">
        <input type="checkbox" checked={single} onChange={(change) => onSingle(change.target.checked)} />
        <span>{t('keys.single')}</span>
      </label>
      <form method="dialog">
        <button type="submit" className="button">
          {t('keys.close')}
        </button>
      </form>
    </dialog>
  );
}
