import { Icon } from './Icon.tsx';

interface BibFieldProps {
  id: string;
  /** The event's search page. */
  action: string;
  label: string;
  submit: string;
  small?: boolean;
  /** The phone shows digits only: for bibs without letters. */
  digits?: boolean;
  value?: string;
}

/** The search field is an empty bib. It works without script. */
export function BibField({ id, action, label, submit, small, digits, value }: BibFieldProps) {
  return (
    <search>
      <form className="bib-field" data-small={small ? '' : undefined} action={action}>
        <label className={small ? 'sr-only' : undefined} htmlFor={id}>
          {label}
        </label>
        <input
          id={id}
          name="q"
          defaultValue={value}
          placeholder={small ? label : '0000'}
          inputMode={digits ? 'numeric' : 'text'}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={80}
          required
        />
        {small ? (
          <button type="submit" aria-label={submit}>
            <Icon name="search" />
          </button>
        ) : (
          <button type="submit" className="button" data-kind="primary">
            {submit}
          </button>
        )}
      </form>
    </search>
  );
}
