import { amountsOf } from "~/domain/amounts";
import { usePeriod } from "~/domain/period";
import { useMay } from "~/domain/person";
import { figuresById, type NamedRow, type Question, useReport } from "~/domain/report";
import { type MoneyValue, majorUnits } from "~/ui/format";

/** Rows of figures that one list may need. */
const ROWS_MAX = 10_000;

export interface Figures {
  /** A count or minor units of one row; nought where nothing happened, nothing while it is not known. */
  of: (id: string, metric: string) => number | null;
  /** An amount in every currency it has. */
  amounts: (id: string, metric: string) => MoneyValue[] | null;
  /** The same for a spreadsheet. */
  plain: (id: string, metric: string) => number | string | null;
  isLoading: boolean;
}

/** The period's figures of everything of one kind, in one question. */
export function useFiguresBy(
  dimension: "advertiser" | "offer" | "partner" | "link" | "prelanding",
  metrics: readonly string[],
): Figures {
  const { range } = usePeriod();
  const mayAsk = useMay("reports:read");
  const question = {
    from: range.from,
    to: range.to,
    dimensions: [dimension],
    metrics: [...metrics],
    limit: ROWS_MAX,
  } as unknown as Question;
  const report = useReport(question, mayAsk);
  const rows = figuresById(report.data);
  const of = (id: string, metric: string) => (report.data ? numberOf(rows.get(id), metric) : null);
  const columns = report.data?.columns ?? [];
  const amounts = (id: string, metric: string) => amountsOf(rows.get(id), columns, metric);
  return {
    of,
    amounts: (id, metric) => (report.data ? amounts(id, metric) : null),
    plain: (id, metric) =>
      plainAmounts(amounts(id, metric), columns.find(({ name }) => name === metric)?.currency),
    isLoading: mayAsk && report.isPending,
  };
}

function numberOf(row: NamedRow | undefined, metric: string): number {
  const value = row?.[metric];
  return typeof value === "number" ? value : 0;
}

/** An amount as a spreadsheet can add it up. */
export function plainAmount(value: MoneyValue | null): number | null {
  return value ? majorUnits(value.minor, value.currency) : null;
}

/** The same where some of it may be of other currencies than the column's: then it is told with their codes. */
function plainAmounts(values: readonly MoneyValue[], own: string | null | undefined): number | string | null {
  const [first] = values;
  if (!first) return null;
  if (values.length === 1 && first.currency === own) return plainAmount(first);
  return values.map((value) => `${plainAmount(value)} ${value.currency}`).join(" + ");
}
