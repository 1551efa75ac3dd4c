// Calendar days as whole numbers (days since 1970-01-01, negative before), in the proleptic Gregorian
// calendar. JavaScript's Date is avoided on purpose: it drags time zones in, and a map of calendar days has none.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December"];

// Years begin in March inside these two, so that the leap day is the last day of a year; 400 years are one era.
/** @param {number} year @param {number} month @param {number} day */
export function fromCivil(year, month, day) {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** @param {number} number */
export function toCivil(number) {
  const shifted = number + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524)
    - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}

/** @param {number} year @param {number} month */
function daysInMonth(year, month) {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

// "2017-11-03" -> number; null for anything that is not a day of the calendar.
/** @param {unknown} text */
export function parse(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(text).trim());
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return fromCivil(year, month, day);
}

// The number of a text that is known to be a day, as Python has checked.
/** @param {string} text */
export function known(text) {
  const day = parse(text);
  if (day === null) throw new RangeError(`'${text}' is no day of the calendar`);
  return day;
}

/** @param {number} number */
export function iso(number) {
  const [year, month, day] = toCivil(number);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** @param {number} number */
export function words(number) {
  const [year, month, day] = toCivil(number);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

// The same without a year, the month in three letters.
/** @param {number} number */
export function short(number) {
  const [, month, day] = toCivil(number);
  return `${day} ${MONTHS[month - 1].slice(0, 3)}`;
}

// A month on from 31 January is the last day of February, never a day of March.
/** @param {number} number @param {number} count */
export function addMonths(number, count) {
  const [year, month, day] = toCivil(number);
  const index = year * 12 + (month - 1) + count;
  const newYear = Math.floor(index / 12);
  const newMonth = index - newYear * 12 + 1;
  return fromCivil(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

// [year, number of its 1 January] for every 1 January in [from, to).
/** @param {number} from @param {number} to */
export function yearStarts(from, to) {
  const starts = [];
  for (let year = toCivil(from)[0]; ; year += 1) {
    const start = fromCivil(year, 1, 1);
    if (start >= to) return starts;
    if (start >= from) starts.push([year, start]);
  }
}
