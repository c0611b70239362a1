import { type AccountName, type Entry, mergeEntries } from '../ledger/account.ts';
import { moneyStep, shareCents } from '../pricing/share-cents.ts';
import type { MoneyFacts, PaidLine } from './money-facts.ts';
import { type Beneficiary, splitPrice } from './split-price.ts';

/** Accounts in which parts of a sale stand. */
const SHARE_KINDS = new Set<AccountName['kind']>(['seller', 'organiser', 'charity', 'platform', 'credits']);

export function isShare({ kind }: AccountName): boolean {
  return SHARE_KINDS.has(kind);
}

/** Positive amounts by account. */
interface Part {
  account: AccountName;
  cents: number;
}

interface LineParts {
  lineId: string;
  priceCents: number;
  parts: Part[];
}

/** Whose the sale is: one entry for each account, positive. */
export function sharesOf(facts: MoneyFacts): Entry[] {
  return toEntries(facts.lines.flatMap((line) => partsOf(line, facts).parts));
}

interface Taking {
  refunds: { amountCents: number; lines: { lineId: string; amountCents: number }[] }[];
  disputes: { amountCents: number }[];
}

/**
 * What refunds and disputes take from whom, all together: refunds pro rata of their lines, disputes pro rata of all that is
 * left after them. Nobody gives more than their part; what goes beyond is the platform's loss. It depends on the set alone.
 */
export function takenBack(facts: MoneyFacts, taking: Taking): Entry[] {
  const { currency } = facts;
  const lines = facts.lines.map((line) => partsOf(line, facts));
  const refunded = lines.map((line) => Math.min(line.priceCents, sumOfLine(line.lineId, taking.refunds)));
  const back = lines.flatMap((line, index) => spread(refunded[index] ?? 0, line.parts, currency));
  const left = lines.flatMap((line, index) => {
    const gone = spread(refunded[index] ?? 0, line.parts, currency);
    return line.parts.map((part, place) => ({ ...part, cents: part.cents - (gone[place]?.cents ?? 0) }));
  });
  const all = sumOf([...taking.refunds, ...taking.disputes].map(({ amountCents }) => amountCents));
  const disputed = sumOf(taking.disputes.map(({ amountCents }) => amountCents));
  const byDispute = spread(Math.min(disputed, sumOf(left.map(({ cents }) => cents))), left, currency);
  const beyond = all - sumOf([...back, ...byDispute].map(({ cents }) => cents));
  const platform = { kind: 'platform' as const, owner: '', currency };
  return toEntries([...back, ...byDispute, { account: platform, cents: beyond }]);
}

/** A fee that sellers bear, by what each sold; null where there is no seller's part that could bear it. */
export function feeOfSellers(facts: MoneyFacts, feeCents: number): Entry[] | null {
  const parts = sharesOf(facts)
    .filter(({ account }) => account.kind === 'seller')
    .map(({ account, amount }) => ({ account, cents: amount }));
  if (feeCents > sumOf(parts.map(({ cents }) => cents))) return null;
  return toEntries(spread(feeCents, parts, facts.currency));
}

function partsOf(line: PaidLine, { currency }: MoneyFacts): LineParts {
  const { lineId, priceCents, creditsFor } = line;
  if (creditsFor !== null) {
    const account = { kind: 'credits' as const, owner: creditsFor, currency };
    return { lineId, priceCents, parts: [{ account, cents: priceCents }] };
  }
  const split = splitPrice(priceCents, line.terms, stepOf(priceCents, currency));
  const parts = [...split].map(([beneficiary, cents]) => ({
    account: { kind: beneficiary, owner: ownerOf(beneficiary, line), currency },
    cents,
  }));
  return { lineId, priceCents, parts };
}

function ownerOf(beneficiary: Beneficiary, { terms, eventId }: PaidLine): string {
  if (beneficiary === 'seller') return terms.sellerId ?? '';
  if (beneficiary === 'organiser') return terms.organiserId ?? '';
  return beneficiary === 'charity' ? (eventId ?? '') : '';
}

function sumOfLine(lineId: string, refunds: Taking['refunds']): number {
  const amounts = refunds.flatMap(({ lines }) => lines.filter((line) => line.lineId === lineId));
  return sumOf(amounts.map(({ amountCents }) => amountCents));
}

function spread(cents: number, parts: Part[], currency: string): Part[] {
  if (cents === 0) return parts.map((part) => ({ ...part, cents: 0 }));
  const shares = shareCents(
    cents,
    parts.map((part) => part.cents),
    stepOf(cents, currency),
  );
  return parts.map((part, index) => ({ ...part, cents: shares[index] ?? 0 }));
}

/** A bank may dispute an amount that Stripe would not take as a price. */
function stepOf(cents: number, currency: string): number {
  const step = moneyStep(currency);
  return cents % step === 0 ? step : 1;
}

function sumOf(amounts: number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

function toEntries(parts: Part[]): Entry[] {
  return mergeEntries(parts.map(({ account, cents }) => ({ account, amount: cents })));
}

/** `entries` less `known`, account by account. */
export function difference(entries: Entry[], known: Entry[]): Entry[] {
  return mergeEntries([...entries, ...negated(known)]);
}

export function negated(entries: Entry[]): Entry[] {
  return entries.map(({ account, amount }) => ({ account, amount: -amount }));
}
