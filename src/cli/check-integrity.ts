import { parseArgs } from 'node:util';
import { type Context, withActor } from '#context.ts';
import type { Fault } from '#domain/audit/fault.ts';
import { terminalLocale } from '#platform/config.ts';
import { createContext } from '../create-context.ts';
import { type Command, UsageError } from './command.ts';
import { INTEGRITY_WORDS, RULES } from './integrity-words.ts';

type Locale = 'fr' | 'en';

const help = `focus-racer integrity [--lang fr|en]

Reads the books and looks for what must never be so: a ledger that does not sum to zero, an order that is paid and not
delivered, a photo charged twice, a file that is missing. Changes nothing. Exits with 1 when it finds something.
With the embedded database, stop the server first: only one process may open it.`;

export const integrityCommand: Command = { help, run };

/** Of a rule, so many are printed; the rest is counted. */
const SHOWN = 20;

/** Every room tells what is wrong in its own books. */
const READERS: readonly (() => Promise<(ctx: Context) => Promise<Fault[]>>)[] = [
  async () => (await import('#domain/credits/find-credits-faults.ts')).findCreditsFaults,
  async () => (await import('#domain/pricing/find-pricing-faults.ts')).findPricingFaults,
  async () => (await import('#domain/orders/find-orders-faults.ts')).findOrdersFaults,
  async () => (await import('#domain/ledger/find-ledger-faults.ts')).findLedgerFaults,
  async () => (await import('#domain/payouts/find-payouts-faults.ts')).findPayoutsFaults,
  async () => (await import('#domain/disputes/find-disputes-faults.ts')).findDisputesFaults,
  async () => (await import('#domain/invoicing/find-invoicing-faults.ts')).findInvoicingFaults,
  async () => (await import('#domain/withdrawals/find-withdrawals-faults.ts')).findWithdrawalsFaults,
  async () => (await import('#domain/photos/find-photos-faults.ts')).findPhotosFaults,
  async () => (await import('#domain/ingest/find-ingest-faults.ts')).findIngestFaults,
];

async function run(args: string[]): Promise<number> {
  const locale = readLocale(args);
  if (locale instanceof UsageError) {
    console.error(locale.message);
    return 2;
  }
  const { ctx, stop } = await createContext({ role: 'command' });
  try {
    const faults = await findFaults(withActor(ctx, { kind: 'system', name: 'integrity' }));
    for (const line of tellFaults(faults, locale)) console.log(line);
    return faults.length > 0 ? 1 : 0;
  } finally {
    await stop(0);
  }
}

/** Everything that every room finds. */
export async function findFaults(ctx: Context): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const reader of READERS) faults.push(...(await (await reader())(ctx)));
  return faults;
}

/** One line for each rule, and under it a table of what broke it. */
export function tellFaults(faults: Fault[], locale: Locale): string[] {
  const byRule = Map.groupBy(faults, (fault) => fault.rule);
  const rules = new Set([...Object.keys(RULES[locale]), ...byRule.keys()]);
  const words = INTEGRITY_WORDS[locale];
  return [
    ...[...rules].flatMap((rule) => tellRule(rule, byRule.get(rule) ?? [], locale)),
    faults.length === 0 ? words.clean : words.found(faults.length),
  ];
}

function tellRule(rule: string, faults: Fault[], locale: Locale): string[] {
  const said = RULES[locale][rule] ?? rule;
  if (faults.length === 0) return [`✓ ${said}`];
  const shown = faults.slice(0, SHOWN);
  const width = Math.max(...shown.map((fault) => fault.subject.length));
  const more = faults.length - shown.length;
  return [
    `✗ ${said} (${rule}: ${faults.length})`,
    ...shown.map(({ subject, detail }) => `    ${printable(subject).padEnd(width)}  ${printable(detail)}`),
    ...(more > 0 ? [`    ${INTEGRITY_WORDS[locale].more(more)}`] : []),
  ];
}

/** Details may hold what came from outside: a terminal must not obey it. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '�');
}

function readLocale(args: string[]): Locale | UsageError {
  try {
    const { lang } = parseArgs({ args, options: { lang: { type: 'string' } } }).values;
    return lang === 'fr' || lang === 'en' ? lang : terminalLocale();
  } catch (error) {
    return new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
