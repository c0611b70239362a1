import { getFormatter, getTranslations } from 'next-intl/server';
import type { OwnSeller } from '#domain/payouts/get-own-payouts.ts';
import { SELLER_COUNTRIES } from '#domain/payouts/seller-countries.ts';
import { Notice } from '#ui/Notice.tsx';
import { openAccount } from '../actions.ts';
import { AccountForm } from './account-form.client.tsx';

interface SellerPanelProps {
  /** Null until an account was opened. */
  seller: OwnSeller | null;
  /** What is shown is what the provider says now. */
  fresh: boolean;
  locale: string;
}

const LOOK = { new: 'warn', 'in-review': 'plain', 'no-payouts': 'warn', ready: 'good', left: 'bad' } as const;

/** How the account at the provider stands, what is still asked for, and the way to give it. */
export async function SellerPanel({ seller, fresh, locale }: SellerPanelProps) {
  const t = await getTranslations('payouts.account');
  const opened = seller !== null && seller.state !== 'left';
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const countries = SELLER_COUNTRIES.map((code) => ({ code, name: names.of(code) ?? code })).toSorted(
    (one, other) => one.name.localeCompare(other.name, locale),
  );
  return (
    <section className="panel stack payout-account" aria-labelledby="account">
      <header>
        <h2 id="account">{t('title')}</h2>
      </header>
      {fresh ? null : <Notice state="warn">{t('unreachable')}</Notice>}
      {seller ? (
        <Notice state={LOOK[seller.state]}>{t(`state.${seller.state}`)}</Notice>
      ) : (
        <p className="prose">{t('none')}</p>
      )}
      {opened ? <Requirements seller={seller} /> : null}
      <AccountForm
        action={openAccount}
        locale={locale}
        countries={opened ? [] : countries}
        country={seller?.country ?? 'FR'}
        words={{
          country: t('country'),
          submit: t(opened ? (seller.state === 'ready' ? 'change' : 'continue') : 'open'),
          pending: t(opened ? 'continuing' : 'opening'),
        }}
        primary={seller?.state !== 'ready' && seller?.state !== 'in-review'}
      />
    </section>
  );
}

async function Requirements({ seller }: { seller: OwnSeller }) {
  const [t, format] = await Promise.all([getTranslations('payouts.account'), getFormatter()]);
  const lists = [
    { key: 'dueNow', ...seller.dueNow },
    { key: 'dueLater', ...seller.dueLater },
  ] as const;
  return (
    <>
      {seller.deadline ? (
        <Notice state="warn">
          {t('deadline', { day: format.dateTime(seller.deadline, { dateStyle: 'long', timeZone: 'UTC' }) })}
        </Notice>
      ) : null}
      {lists.map(({ key, words, unknown }) =>
        words.length + unknown.length > 0 ? (
          <div key={key}>
            <h3>{t(key)}</h3>
            <RequirementList words={words} unknown={unknown} />
          </div>
        ) : null,
      )}
    </>
  );
}

async function RequirementList({ words, unknown }: OwnSeller['dueNow']) {
  const t = await getTranslations('payouts.requirement');
  return (
    <ul className="requirements">
      {words.map((word) => (
        <li key={word}>{t(word)}</li>
      ))}
      {unknown.map((name) => (
        <li key={name}>
          <code>{name}</code>
        </li>
      ))}
    </ul>
  );
}
