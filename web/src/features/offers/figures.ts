import { usePeriod } from "~/domain/period";
import { useMay } from "~/domain/person";
import { figuresById, type NamedRow, type Question, useReport } from "~/domain/report";
import { type MoneyValue, majorUnits } from "~/ui/format";

/** Rows of figures that one list may need. */
const ROWS_MAX = 10_000;

export interface Figures {
  /** A count or minor units of one row; nought where nothing happened, nothing while it is not known. */
  of: (id: string, metric: string) => number | null;
  money: (id: string, metric: string) => MoneyValue | null;
  isLoading: boolean;
}

/** The period's figures of everything of one kind, in one question. */
export function useFiguresBy(
  dimension: "advertiser" | "offer" | "partner" | "link",
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
  return {
    of,
    money: (id, metric) => {
      const minor = of(id, metric);
      const currency = report.data?.columns.find((column) => column.name === metric)?.currency;
      return minor === null || !currency ? null : { minor, currency };
    },
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
