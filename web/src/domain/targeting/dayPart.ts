export const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof WEEK)[number];

/** `mon-fri 08:00-20:00` in parts. */
export interface DayPart {
  days: Day[];
  from: string;
  to: string;
}

const WHOLE_DAY = { from: "00:00", to: "24:00" };

/** Reads what the API keeps; a text that is none becomes every day, all day. */
export function readDayPart(text: string): DayPart {
  const [first = "", second] = text.split(" ");
  const hours = second ?? (/^\d/.test(first) ? first : "");
  const days = /^\d/.test(first) || first === "daily" || first === "" ? [...WEEK] : readDays(first);
  const [from = "", to = ""] = hours.split("-");
  return { days, ...(from && to ? { from, to } : WHOLE_DAY) };
}

function readDays(text: string): Day[] {
  const named = text.split(",").flatMap((piece) => {
    const [first = "", last = first] = piece.split("-");
    const [from, to] = [WEEK.indexOf(first as Day), WEEK.indexOf(last as Day)];
    if (from < 0 || to < 0) return [];
    return Array.from({ length: ((to + 7 - from) % 7) + 1 }, (_, step) => WEEK[(from + step) % 7]);
  });
  return WEEK.filter((day) => named.includes(day));
}

/** Days that follow one another, from first to last. */
export function runsOf(days: readonly Day[]): [Day, Day][] {
  const runs: [Day, Day][] = [];
  for (const day of WEEK.filter((day) => days.includes(day))) {
    const run = runs.at(-1);
    if (run && WEEK.indexOf(run[1]) + 1 === WEEK.indexOf(day)) run[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}

/** The part as the API takes it. */
export function dayPartText({ days, from, to }: DayPart): string {
  const spans = runsOf(days).map(([first, last]) => (first === last ? first : `${first}-${last}`));
  return `${days.length === WEEK.length ? "daily" : spans.join(",")} ${from}-${to}`;
}
