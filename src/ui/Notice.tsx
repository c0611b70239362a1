import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

type NoticeState = 'plain' | 'good' | 'warn' | 'bad';

const ICON_OF_STATE = { plain: 'info', good: 'check', warn: 'alert', bad: 'alert' } as const;

/** What happened and what to do; read out when it appears after an action (`live`). */
export function Notice({
  state = 'plain',
  live = false,
  children,
}: {
  state?: NoticeState;
  live?: boolean;
  children: ReactNode;
}) {
  const role = live ? (state === 'bad' ? 'alert' : 'status') : undefined;
  return (
    <div className="notice" data-state={state === 'plain' ? undefined : state} role={role}>
      <Icon name={ICON_OF_STATE[state]} />
      <div>{children}</div>
    </div>
  );
}
