import type { Milliseconds } from '../core/units.js';

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const FORMS = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  /^[A-Z][a-z]{2}, (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  // Sunday, 06-Nov-94 08:49:37 GMT
  /^[A-Z][a-z]{5,8}, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  // Sun Nov  6 08:49:37 1994
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/,
];

/**
 * The moment that a date in a header means, in milliseconds since 1970, in any of the three forms of RFC 9110 section
 * 5.6.7; `undefined` when it is none. `Date.parse` takes the third for local time, and much that is no date.
 */
export function parseHttpDate(field: string, nowUnixMs: number): Milliseconds | undefined {
  const groups = FORMS.map((form) => form.exec(field)?.groups).find((found) => found !== undefined);
  if (groups === undefined) return undefined;
  const { day = '', month = '', year = '', time = '' } = groups;
  const index = MONTHS.indexOf(month);
  if (index % 3 !== 0) return undefined;
  const date = `${fullYear(year, nowUnixMs)}-${two(index / 3 + 1)}-${two(Number(day))}`;
  // 60 is a leap second, which no clock here knows.
  const moment = Date.parse(`${date}T${time.replace(/60$/, '59')}Z`);
  const isThatDay = !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(`${date}T`);
  return isThatDay ? moment : undefined;
}

// RFC 9110 section 5.6.7: two digits that seem to be more than 50 years ahead mean the last year that ends in them.
function fullYear(year: string, nowUnixMs: number): string {
  if (year.length === 4) return year;
  const thisYear = new Date(nowUnixMs).getUTCFullYear();
  const sameCentury = thisYear - (thisYear % 100) + Number(year);
  return String(sameCentury > thisYear + 50 ? sameCentury - 100 : sameCentury);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
