import { useMe } from "~/domain/person";
import { useReport } from "~/domain/report";
import { addDays, todayIn } from "~/ui/dates";

const LOOK_BACK_DAYS = 365;

/** Whether any click has ever come, as far as a year tells; undefined while it is not known. */
export function useHasClicks(): boolean | undefined {
  const today = todayIn(useMe().workspace.timezone);
  const { data } = useReport({
    from: addDays(today, -LOOK_BACK_DAYS),
    to: today,
    dimensions: [],
    metrics: ["gross_clicks"],
  });
  const clicks: unknown = data?.totals.gross_clicks;
  return data ? typeof clicks === "number" && clicks > 0 : undefined;
}
