import 'server-only';
import { getTranslations } from 'next-intl/server';
import type { SoldLine } from '#domain/orders/sold-lines.ts';
import { formatMoney } from '#ui/format-money.ts';
import { baseContext } from './base-context.ts';
import { ClientMessages } from './client-messages.tsx';
import { RefundForm } from './refund-form.client.tsx';

interface RefundPanelProps {
  orderId: string;
  currency: string;
  locale: string;
  /** Those that the visitor may refund. */
  lines: SoldLine[];
}

/** What can still be given back of these lines; nothing when there is none. */
export async function RefundPanel({ orderId, currency, locale, lines }: RefundPanelProps) {
  const t = await getTranslations('payments.refund');
  const open = lines.filter((line) => line.openCents > 0);
  if (open.length === 0) return <p className="muted">{t('nothing')}</p>;
  const money = (cents: number) => formatMoney(cents, currency, locale);
  const amount = money(open.reduce((sum, line) => sum + line.openCents, 0));
  const label = await lineLabels();
  const { random } = baseContext();
  return (
    <ClientMessages namespaces={[]}>
      <RefundForm
        orderId={orderId}
        currency={currency}
        requestIds={{ parts: random.id(), all: random.id() }}
        lines={open.map((line) => ({
          lineId: line.lineId,
          label: t('amountOf', { line: label(line), open: money(line.openCents) }),
        }))}
        words={{
          note: t('note'),
          submit: t('submit'),
          pending: t('pending'),
          allSummary: t('allSummary', { amount }),
          allLead: t('allLead'),
          allSubmit: t('allSubmit', { amount }),
        }}
      />
    </ClientMessages>
  );
}

/** How a sold line is called. */
export async function lineLabels(): Promise<(line: SoldLine) => string> {
  const t = await getTranslations('payments.line');
  return (line) => {
    if (line.kind === 'credits') return t('credits', { count: line.credits ?? 0 });
    const size = t(line.size);
    if (line.kind === 'photo')
      return `${line.fileName ? t('photo', { file: line.fileName }) : t('photoGone')}, ${size}`;
    return `${line.kind === 'all-photos' ? t('all-photos', { bib: line.bib ?? '' }) : t('whole-event')}, ${size}`;
  };
}
