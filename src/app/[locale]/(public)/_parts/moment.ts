import { instantOfLocalTime, localTimeOf } from '#domain/events/local-time.ts';
import { firstWord } from './first-word.ts';

/** How far around the asked time photos are looked for, in minutes. */
export const WITHIN_MINUTES = [10, 30, 120] as const;

export type Query = Record<string, string | string[] | undefined>;

/** A part of an event's days as it stands in an address: nothing of it needs to be there. */
export interface Moment {
  /** HH:MM by the event's clocks; '' for all day. */
  time: string;
  /** YYYY-MM-DD, one of the event's days. */
  day: string;
  within: number;
  /** Null when neither a time nor a day is asked. */
  between: { from: Date; until: Date } | null;
}

const TIME = /^(\d{1,2})[:h](\d{2})$/u;
const DAY_MS = 86_400_000;
const MOST_DAYS = 17;

/** The local days from one instant to another, both included. */
export function listDays(first: Date, last: Date, timeZone: string): string[] {
  const days = new Set<string>();
  for (let at = first.getTime(); at < last.getTime() && days.size < MOST_DAYS; at += DAY_MS) {
    days.add(localTimeOf(new Date(at), timeZone).slice(0, 10));
  }
  days.add(localTimeOf(last, timeZone).slice(0, 10));
  return [...days];
}

/** What an address asks, with nonsense left out: an hour that no clock shows, a day that is not the event's. */
export function readMoment(query: Query, { days, timeZone }: { days: string[]; timeZone: string }): Moment {
  const time = readTime(firstWord(query.at) ?? '');
  const asked = days.find((day) => day === firstWord(query.day));
  const day = asked ?? days[0] ?? '';
  const within = WITHIN_MINUTES.find((minutes) => String(minutes) === firstWord(query.within)) ?? 10;
  return {
    time,
    day,
    within,
    between: betweenOf({ time, day, within, timeZone, whole: asked !== undefined }),
  };
}

function betweenOf(asked: { time: string; day: string; within: number; timeZone: string; whole: boolean }) {
  const { time, day, within, timeZone, whole } = asked;
  if (time === '' && !whole) return null;
  const middle = instantOfLocalTime(`${day}T${time === '' ? '12:00' : time}:00`, timeZone)?.getTime();
  if (middle === undefined) return null;
  // The minute that is asked belongs to it to its end; half a day around noon is the day.
  const reach = time === '' ? DAY_MS / 2 : within * 60_000;
  return { from: new Date(middle - reach), until: new Date(middle + reach + (time === '' ? 0 : 60_000)) };
}

function readTime(text: string): string {
  const [, hour = '', minute = ''] = TIME.exec(text.trim()) ?? [];
  const shown = hour !== '' && Number(hour) < 24 && Number(minute) < 60;
  return shown ? `${hour.padStart(2, '0')}:${minute}` : '';
}
