import { ActionIcon, Table, Tooltip } from "@mantine/core";
import { IconChartLine, IconTable } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./chart/chart.module.css";
import { type ChartSeries, foldSeries } from "./chart/scale";
import { fullTime, type Grain } from "./chart/times";
import { useFormat } from "./format";
import { seriesColour } from "./palette";
import { SkeletonBlock } from "./Skeletons";
import { EmptyState, ErrorState } from "./States";

const loadView = () => import("./chart/TimeChartView");
const View = lazy(loadView);

export type { ChartSeries } from "./chart/scale";
export type { Grain } from "./chart/times";

export interface TimeChartProps {
  /** What the chart shows: its name for screen readers and the caption of its table. */
  label: string;
  /** Plain dates, or instants when the grain is an hour. */
  times: readonly string[];
  /** Times of the comparison, place by place. */
  comparisonTimes?: readonly string[];
  grain?: Grain;
  series: readonly ChartSeries[];
  kind?: "bars" | "lines";
  /** Bars one on the other: only of what adds up. */
  stacked?: boolean;
  format: (value: number) => string;
  /** Shorter words for the axis; `format` without it. */
  axisFormat?: (value: number) => string;
  height?: number;
  state?: "loading" | "error" | "ready";
  error?: unknown;
  onRetry?: () => void;
}

/** Series over time: bars from zero or lines, comparison dashed, gaps kept, a table of the same figures. */
export function TimeChart(props: TimeChartProps) {
  const { label, times, grain = "day", kind = "lines", height = 260, format, state = "ready" } = props;
  const { t } = useTranslation("ui");
  const { timezone } = useFormat();
  const [asTable, setAsTable] = useState(false);
  const series = foldSeries(props.series, t("chart.other")).map(withoutEmptyComparison);
  useEffect(() => {
    // The drawing code comes while the figures are on their way; if it cannot, the drawing itself says so.
    if (state === "loading") loadView().catch(() => undefined);
  }, [state]);
  if (state === "loading") return <SkeletonBlock height={height + 52} />;
  if (state === "error") return <ErrorState error={props.error} onRetry={props.onRetry} />;
  const known = series.some((one) => one.values.some((value) => value !== null));
  if (!known) return <EmptyState title={t("chart.nothing")} />;
  const compared = series.some((one) => one.comparison);
  const toggle = asTable ? t("chart.asChart") : t("chart.asTable");
  return (
    <figure className={classes.figure} aria-label={label}>
      <div className={classes.head}>
        <ul className={classes.legend}>
          {series.length > 1
            ? series.map((one, place) => (
                <li key={one.id}>
                  <span className={classes.swatch} style={{ background: seriesColour(place) }} />
                  {one.label}
                </li>
              ))
            : null}
          {compared ? (
            <li>
              <span className={classes.dash} />
              {t("chart.comparison")}
            </li>
          ) : null}
        </ul>
        <Tooltip label={toggle}>
          <ActionIcon
            className={classes.toggle}
            variant="subtle"
            color="gray"
            size={32}
            aria-label={toggle}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? <IconChartLine size={18} /> : <IconTable size={18} />}
          </ActionIcon>
        </Tooltip>
      </div>
      {asTable ? (
        <FigureTable {...props} grain={grain} series={series} height={height} />
      ) : (
        <Suspense fallback={<SkeletonBlock height={height} />}>
          <View
            label={label}
            times={times}
            comparisonTimes={props.comparisonTimes}
            grain={grain}
            series={series}
            kind={kind}
            stacked={props.stacked ?? false}
            format={format}
            axisFormat={props.axisFormat ?? format}
            height={height}
            directLabels={kind === "lines" && series.length > 1}
          />
        </Suspense>
      )}
      <figcaption className={classes.zone}>{t("chart.zone", { zone: timezone })}</figcaption>
    </figure>
  );
}

/** A comparison with a time in which there was nothing would be a line on the ground. */
function withoutEmptyComparison(series: ChartSeries): ChartSeries {
  return series.comparison?.some((value) => value) ? series : { ...series, comparison: undefined };
}

function FigureTable({ label, times, grain = "day", series, format, height }: TimeChartProps) {
  const { t } = useTranslation("ui");
  const words = useFormat();
  const say = (value: number | null | undefined) => (value == null ? "-" : format(value));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section style={{ maxHeight: height, overflow: "auto" }} tabIndex={0} aria-label={label}>
      <Table stickyHeader horizontalSpacing="sm" verticalSpacing={6} tabularNums>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("chart.time")}</Table.Th>
            {series.flatMap((one) => [
              <Table.Th key={one.id} ta="end" scope="col">
                {one.label}
              </Table.Th>,
              one.comparison ? (
                <Table.Th key={`was:${one.id}`} ta="end" scope="col">
                  {t("chart.comparison")}
                </Table.Th>
              ) : null,
            ])}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {times.map((time, index) => (
            <Table.Tr key={time}>
              <Table.Th scope="row" fw={400}>
                {fullTime(words, time, grain)}
              </Table.Th>
              {series.flatMap((one) => [
                <Table.Td key={one.id} ta="end">
                  {say(one.values[index])}
                </Table.Td>,
                one.comparison ? (
                  <Table.Td key={`was:${one.id}`} ta="end" c="dimmed">
                    {say(one.comparison[index])}
                  </Table.Td>
                ) : null,
              ])}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
