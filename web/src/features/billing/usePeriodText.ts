import { useCallback } from "react";
import { todayIn } from "~/ui/dates";
import { useFormat } from "~/ui/format";
import type { Invoice } from "./model";

/** The days of an invoice; its end is the first moment that it does not take. */
export function usePeriodText(): (invoice: Pick<Invoice, "from" | "to">) => string {
  const { dayRange, timezone } = useFormat();
  return useCallback(
    ({ from, to }) => {
      const first = todayIn(timezone, new Date(from));
      const last = todayIn(timezone, new Date(Date.parse(to) - 1));
      return dayRange(first, last);
    },
    [dayRange, timezone],
  );
}
