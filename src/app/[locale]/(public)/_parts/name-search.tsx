import { Icon } from '#ui/Icon.tsx';

interface NameSearchProps {
  action: string;
  /** "Par nom": opens the field. */
  open: string;
  label: string;
  submit: string;
}

/** The other way in, folded under the bib. */
export function NameSearch({ action, open, label, submit }: NameSearchProps) {
  return (
    <details className="by-name">
      <summary>
        <Icon name="user" />
        {open}
      </summary>
      <search>
        <form className="search" action={action}>
          <label className="sr-only" htmlFor="runner-name">
            {label}
          </label>
          <input
            id="runner-name"
            className="input"
            name="q"
            placeholder={label}
            autoComplete="name"
            enterKeyHint="search"
            maxLength={80}
            required
          />
          <button type="submit" className="button">
            {submit}
          </button>
        </form>
      </search>
    </details>
  );
}
