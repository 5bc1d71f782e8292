import { Card, SegmentedControl, SimpleGrid } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { columnsOf } from "~/domain/amounts";
import { type Unit, useFiguresOf } from "~/domain/figures";
import { useMetrics } from "~/domain/metrics";
import { usePeriod } from "~/domain/period";
import { namedRows, type Question, useReport } from "~/domain/report";
import { comparedDays } from "~/ui/dates";
import { changeRatio, majorUnits, useFormat } from "~/ui/format";
import { ErrorState, Tile } from "~/ui/Page";
import { TimeChart } from "~/ui/TimeChart";
import { bucketsOf, grainOf } from "./buckets";
import { useWithPeriod } from "./useWithPeriod";

/** What staff read of it; those that are charted come first. */
const METRICS = ["clicks", "conversions", "payout", "revenue", "profit", "approval_rate"];
const CHARTED = ["clicks", "conversions", "payout", "revenue"];

interface Props {
  field: "offer" | "partner" | "link";
  id: string;
  /** Its name, for the chart's own. */
  name: string;
  /** What the tiles tell, where it is not what staff read. */
  metrics?: readonly string[];
  /** Those of the tiles that add up over time, the first of them charted first. */
  charted?: readonly string[];
}

/** One thing's numbers of the period with the comparison, and one of them over time. */
export function SubjectNumbers({ field, id, name, metrics = METRICS, charted: chartable = CHARTED }: Props) {
  const { t } = useTranslation("offers");
  const { range } = usePeriod();
  const told = useMetrics();
  const withPeriod = useWithPeriod();
  const format = useFormat();
  const [charted, setCharted] = useState(chartable[0] ?? "clicks");
  const grain = grainOf(range);
  const report = useReport({
    from: range.from,
    to: range.to,
    dimensions: [grain],
    metrics: [...metrics],
    filters: [{ field, values: [id] }],
    ...(range.compare === "none" ? {} : { compare: range.compare }),
  } as unknown as Question);
  const totals: Record<string, unknown> = report.data?.totals ?? {};
  const say = useFiguresOf();
  const isCompared = range.compare !== "none";
  const links: Partial<Record<string, string>> = { conversions: withPeriod(`/conversions?${field}=${id}`) };
  if (report.isError) return <ErrorState error={report.error} onRetry={() => void report.refetch()} />;

  // What is in other currencies alone is told in them.
  const columnOf = (metric: string) => {
    const columns = columnsOf(report.data?.columns ?? [], metric);
    return columns.find((column) => totals[column.name]) ?? columns[0];
  };
  const figure = (metric: string, isBefore = false) => {
    const column = columnOf(metric);
    const value = totals[`${column?.name}${isBefore ? "_previous" : ""}`];
    return { value: asNumber(value), text: say((column?.type ?? "count") as Unit, value, column?.currency) };
  };
  const besides = (metric: string) =>
    columnsOf(report.data?.columns ?? [], metric)
      .filter((column) => column.type === "minor" && column !== columnOf(metric) && totals[column.name])
      .map((column) => `+ ${say("minor", totals[column.name], column.currency)}`)
      .join(" ");
  const drawn = columnOf(charted);
  const isAmount = drawn?.type === "minor";
  const currency = drawn?.currency ?? "";
  const rows = new Map(report.data ? namedRows(report.data).map((row) => [String(row[grain]), row]) : []);
  const times = bucketsOf(range, grain);
  const seriesOf = (column: string) =>
    times.map((time) => {
      const value = rows.get(time)?.[column];
      const known = typeof value === "number" ? value : 0;
      return isAmount ? majorUnits(known, currency) : known;
    });
  const axis = (value: number) =>
    isAmount
      ? format.money({ minor: Math.round(value * 10 ** fraction(currency)), currency })
      : format.number(value);
  const days = comparedDays(range);
  return (
    <>
      <SimpleGrid type="container" cols={{ base: 2, "480px": 3, "1100px": 6 }} spacing="sm">
        {metrics.map((metric) => (
          <Tile
            key={metric}
            label={told.name(metric)}
            hint={told.formula(metric)}
            value={figure(metric).text}
            also={besides(metric)}
            change={isCompared ? changeRatio(figure(metric).value, figure(metric, true).value) : undefined}
            goodWhen={told.goodWhen(metric)}
            before={
              isCompared && figure(metric, true).value !== null
                ? t("numbers.was", { value: figure(metric, true).text })
                : undefined
            }
            href={links[metric]}
            loading={report.isPending}
          />
        ))}
      </SimpleGrid>
      <Card withBorder padding="md">
        <SegmentedControl
          aria-label={t("numbers.charted")}
          value={charted}
          onChange={(metric) => setCharted(metric)}
          data={chartable.map((metric) => ({ value: metric, label: told.name(metric) }))}
          style={{ alignSelf: "flex-start", maxWidth: "100%", overflowX: "auto" }}
        />
        <TimeChart
          label={t("numbers.chart", { metric: told.name(charted), name })}
          times={times}
          comparisonTimes={days ? bucketsOf(days, grain) : undefined}
          grain={grain}
          kind="bars"
          series={[
            {
              id: charted,
              label: told.name(charted),
              values: seriesOf(drawn?.name ?? charted),
              comparison: isCompared ? seriesOf(`${drawn?.name ?? charted}_previous`) : undefined,
            },
          ]}
          format={axis}
          state={report.isPending ? "loading" : "ready"}
        />
      </Card>
    </>
  );
}

function asNumber(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function fraction(currency: string): number {
  return Math.round(-Math.log10(majorUnits(1, currency)));
}
