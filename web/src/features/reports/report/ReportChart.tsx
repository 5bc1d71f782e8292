import { Card, Title } from "@mantine/core";
import { type Unit, useAxisFigures, useFigures } from "~/domain/figures";
import { useMetrics } from "~/domain/metrics";
import type { Report } from "~/domain/report";
import { BarList } from "~/ui/BarList";
import { type ChartSeries, type Grain, TimeChart } from "~/ui/TimeChart";
import { useDimensionText } from "./useDimensionText";

const GRAINS = ["hour", "day", "week", "month"];
const BARS = 10;

interface Props {
  report: Report;
  dimensions: string[];
  metric: string;
}

/** The first metric of a report: over time where time comes first, else the greatest few. */
export function ReportChart({ report, dimensions, metric }: Props) {
  const name = useMetrics().name(metric);
  const text = useDimensionText(report.labels);
  const column = report.columns.find(({ name }) => name === metric);
  const figure = useFigures(column?.currency ?? "EUR");
  const axisFigure = useAxisFigures(column?.currency ?? "EUR");
  const format = (value: number) => figure((column?.type ?? "count") as Unit, value);
  const [first, second] = dimensions;
  if (!first || !column || report.rows.length === 0) return null;
  if (GRAINS.includes(first)) {
    const { times, series } = overTime(report, first, second, metric);
    const named = series.map((one) => ({
      ...one,
      label: second ? text(second, one.id) : name,
    }));
    return (
      <Card withBorder padding="md">
        <Title order={2}>{name}</Title>
        <TimeChart
          label={name}
          times={times}
          grain={first as Grain}
          series={named}
          format={format}
          axisFormat={(value) => axisFigure((column.type ?? "count") as Unit, value)}
          kind="lines"
        />
      </Card>
    );
  }
  const at = report.columns.indexOf(column);
  const items = report.rows
    .map((row, place) => ({
      id: String(place),
      label: <span translate="no">{text(first, row[0])}</span>,
      value: Number(row[at] ?? 0),
    }))
    .sort((a, b) => b.value - a.value)
    .slice(0, BARS);
  return (
    <Card withBorder padding="md">
      <Title order={2} mb="sm">
        {name}
      </Title>
      <BarList label={name} items={items} format={format} top={BARS} />
    </Card>
  );
}

/** Rows by time as series: one for each value of the second dimension, the greatest first. */
export function overTime(report: Report, time: string, by: string | undefined, metric: string) {
  const place = (name: string) => report.columns.findIndex((column) => column.name === name);
  const [timeAt, byAt, metricAt] = [place(time), by ? place(by) : -1, place(metric)];
  const times = [...new Set(report.rows.map((row) => String(row[timeAt])))].sort();
  const values = new Map<string, Map<string, number>>();
  for (const row of report.rows) {
    const name = byAt < 0 ? metric : String(row[byAt] ?? "");
    const value = row[metricAt];
    const known = values.get(name) ?? new Map<string, number>();
    if (typeof value === "number") known.set(String(row[timeAt]), value);
    values.set(name, known);
  }
  const sum = (one: ChartSeries) => one.values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const series: ChartSeries[] = [...values].map(([id, known]) => ({
    id,
    label: id,
    values: times.map((moment) => known.get(moment) ?? null),
  }));
  return { times, series: series.sort((a, b) => sum(b) - sum(a)) };
}
