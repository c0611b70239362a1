import { getTranslations } from 'next-intl/server';
import type { EventStatus } from '#domain/events/event.ts';
import { Icon } from '#ui/Icon.tsx';

const LOOK = {
  draft: { icon: 'edit', state: undefined },
  published: { icon: 'check', state: 'good' },
  archived: { icon: 'file', state: undefined },
} as const;

export async function StatusChip({ status }: { status: EventStatus }) {
  const t = await getTranslations('pro');
  return (
    <span className="chip" data-state={LOOK[status].state}>
      <Icon name={LOOK[status].icon} />
      {t(`status.${status}`)}
    </span>
  );
}
