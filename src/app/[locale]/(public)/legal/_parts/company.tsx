import { getTranslations } from 'next-intl/server';
import type { Context } from '#context.ts';

interface CompanyProps {
  config: Context['config'];
}

/** Who runs this installation, as far as its settings say. */
export async function Operator({ config }: CompanyProps) {
  const t = await getTranslations('public');
  const {
    legalName: name,
    legalAddress,
    legalRegister,
    legalSiren,
    legalVatNumber,
    legalEmail,
    legalHost,
  } = config;
  if (name === null) return <p>{t('legal.operatorText')}</p>;
  const address = (legalAddress ?? '').split('|').map((line) => line.trim());
  return (
    <>
      <p>{t('legal.operator', { name, address: address.join(', ') })}</p>
      {legalRegister ? <p>{t('legal.register', { register: legalRegister })}</p> : null}
      {legalSiren ? <p>{t('legal.siren', { siren: legalSiren })}</p> : null}
      <p>{legalVatNumber ? t('legal.vatNumber', { number: legalVatNumber }) : t('legal.vatNone')}</p>
      {legalEmail ? <p>{t('legal.email', { email: legalEmail })}</p> : null}
      {legalHost ? <p>{t('legal.host', { host: legalHost })}</p> : null}
    </>
  );
}

/** How one buys here and gets out of it again. */
export async function Sales({ config, locale }: CompanyProps & { locale: string }) {
  const t = await getTranslations('public');
  return (
    <section className="stack">
      <h2>{t('legal.salesTitle')}</h2>
      <p>{config.salesMode === 'merchant' ? t('legal.salesMerchant') : t('legal.salesAgent')}</p>
      <p>{t('legal.salesPrices')}</p>
      <p>{t('legal.salesInvoices')}</p>
      <p>{t('legal.salesWithdrawal')}</p>
      <p>
        <a className="link" href={`/${locale}/withdrawal`}>
          {t('legal.salesWithdraw')}
        </a>
      </p>
      <p>{t('legal.salesWrong')}</p>
      {config.legalMediator ? <p>{t('legal.mediator', { mediator: config.legalMediator })}</p> : null}
    </section>
  );
}
