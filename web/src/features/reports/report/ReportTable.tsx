import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { meaningOf } from "~/domain/amounts";
import { type Unit, useFiguresOf } from "~/domain/figures";
import { useMetrics } from "~/domain/metrics";
import { type NamedRow, namedRows, type Report } from "~/domain/report";
import { useWords } from "~/domain/words";
import { type CellValue, type Column, DataTable } from "~/ui/DataTable";
import { EmptyState } from "~/ui/States";
import { useDimensionText } from "./useDimensionText";

interface Props {
  report: Report | undefined;
  dimensions: string[];
  error: unknown;
  onRetry: () => void;
  filtered: boolean;
  onClearFilters: () => void;
}

const UNITS = ["count", "minor", "micros", "ratio"];

/** A report's rows with the totals on top; what it is compared with can be shown beside. */
export function ReportTable({ report, dimensions, error, onRetry, filtered, onClearFilters }: Props) {
  const { t } = useTranslation("reports");
  const columns = useColumns(report, dimensions);
  const rows = useMemo(
    () => (report ? namedRows(report).map((cells, place) => ({ id: String(place), cells })) : []),
    [report],
  );
  return (
    <DataTable
      caption={t("report.title")}
      columns={columns.columns}
      rows={rows}
      rowId={(row) => row.id}
      state={report ? "ready" : error ? "error" : "loading"}
      error={error}
      onRetry={onRetry}
      totals={report && report.rows.length > 0 ? columns.totals : undefined}
      totalsLabel={t("report.total")}
      filtered={filtered}
      onClearFilters={onClearFilters}
      empty={<EmptyState title={t("report.nothing")} text={t("report.nothing_text")} />}
      storageKey="report"
      copyName="report"
    />
  );
}

interface ReportRow {
  id: string;
  cells: NamedRow;
}

function useColumns(report: Report | undefined, dimensions: string[]) {
  const { t } = useTranslation("reports");
  const word = useWords();
  const metrics = useMetrics();
  const text = useDimensionText(report?.labels ?? {});
  const figure = useFiguresOf();
  const numbers = report?.columns.filter((column) => UNITS.includes(column.type)) ?? [];
  const value = (row: ReportRow, name: string) => row.cells[name] as CellValue;
  const byDimension: Column<ReportRow>[] = dimensions.map((dimension, place) => ({
    id: dimension,
    header: word("dimension", dimension),
    cell: (row) => <span translate="no">{text(dimension, row.cells[dimension])}</span>,
    value: (row) => value(row, dimension),
    csv: (row) => text(dimension, row.cells[dimension]),
    sortable: true,
    minWidth: place === 0 ? 160 : 120,
    onCard: place === 0 ? 1 : undefined,
  }));
  const ofMetrics: Column<ReportRow>[] = numbers.map((column, place) => {
    const { metric, alone, isBefore } = meaningOf(column.name, report?.columns ?? []);
    const name = alone ? `${metrics.name(metric)}, ${alone}` : metrics.name(metric);
    return {
      id: column.name,
      header: isBefore ? t("report.before", { metric: name }) : name,
      hint: metrics.formula(metric),
      cell: (row) => figure(column.type as Unit, row.cells[column.name], column.currency),
      value: (row) => value(row, column.name),
      align: "end",
      sortable: true,
      hidden: isBefore,
      onCard: place === 0 ? 2 : place === 1 ? 3 : undefined,
    };
  });
  const totals = Object.fromEntries(
    numbers.map((column) => [
      column.name,
      figure(column.type as Unit, report?.totals[column.name], column.currency),
    ]),
  );
  return { columns: [...byDimension, ...ofMetrics], totals };
}
