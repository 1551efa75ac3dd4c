// A row says who holds a place from a day on, until the next row starts. Where in it what stands: row.py has the same names
// in the same order.
export const START = 0; // days since the span began
export const STATUS = 1; // which of the payload's statuses
export const ACTOR = 2; // which of its actors, or -1
export const PROBABILITY = 3; // 0 to 1
export const SECOND = 4; // the other party of a contested place, the besieger of a besieged one, or -1
export const STALENESS = 5; // steps of `stale_after`; may be absent, which is 0
