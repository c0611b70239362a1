import type { CSSProperties, ReactNode } from 'react';

/** A share of 100 as a ring; `label` says in words what it measures. */
export function Ring({ percent, label, children }: { percent: number; label: string; children?: ReactNode }) {
  const shown = Math.max(0, Math.min(100, Math.floor(percent)));
  return (
    <span
      className="ring"
      role="img"
      aria-label={`${label}, ${shown} %`}
      data-zero={shown === 0 ? '' : undefined}
      style={{ '--p': shown } as CSSProperties}
    >
      <svg viewBox="0 0 36 36" aria-hidden="true">
        <circle className="track" cx="18" cy="18" r="15.9155" strokeWidth="3" />
        <circle className="done" cx="18" cy="18" r="15.9155" pathLength="100" strokeWidth="3" />
      </svg>
      {children ?? shown}
    </span>
  );
}
