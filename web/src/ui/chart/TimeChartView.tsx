import { useElementSize } from "@mantine/hooks";
import {
  Bar,
  CartesianGrid,
  Tooltip as ChartTooltip,
  ComposedChart,
  Line,
  ReferenceLine,
  XAxis,
  YAxis,
} from "recharts";
import { useFormat } from "../format";
import { AXIS_COLOUR, GRID_COLOUR, seriesColour } from "../palette";
import classes from "./chart.module.css";
import { type ChartSeries, niceTicks, spreadLabels } from "./scale";
import { Tip } from "./Tip";
import { axisTime, type Grain } from "./times";

export interface ViewProps {
  label: string;
  times: readonly string[];
  comparisonTimes?: readonly string[];
  grain: Grain;
  series: readonly ChartSeries[];
  kind: "bars" | "lines";
  stacked: boolean;
  format: (value: number) => string;
  axisFormat: (value: number) => string;
  height: number;
  /** Names stand at the ends of the lines; otherwise in the legend above. */
  directLabels: boolean;
}

const TOP = 8;
const AXIS_HEIGHT = 28;
const LABEL_ROOM = 120;
const LABEL_GAP = 15;
const NARROW = 520;

/** Values drawn one on the other reach as high as their sum. */
function reach(series: readonly ChartSeries[], stacked: boolean): (number | null)[] {
  const compared = series.flatMap((one) => one.comparison ?? []);
  if (!stacked) return [...series.flatMap((one) => one.values), ...compared];
  const length = Math.max(0, ...series.map((one) => one.values.length));
  const sums = Array.from({ length }, (_, index) =>
    series.reduce((sum, one) => sum + (one.values[index] ?? 0), 0),
  );
  return [...sums, ...compared];
}

function lastKnown(values: readonly (number | null)[]): number {
  return values.findLastIndex((value) => value !== null);
}

/** The drawing itself, in a chunk of its own because of its library. */
export default function TimeChartView(props: ViewProps) {
  const { times, series, kind, stacked, height, grain, format, axisFormat } = props;
  const { ref, width } = useElementSize();
  const words = useFormat();
  const ticks = niceTicks(reach(series, stacked && kind === "bars"));
  const bottom = ticks[0] ?? 0;
  const top = ticks.length > 1 ? (ticks.at(-1) ?? 1) : bottom + 1;
  const plot = height - TOP - AXIS_HEIGHT;
  const yOf = (value: number) => TOP + ((top - value) / (top - bottom)) * plot;
  const labelled = props.directLabels && width >= NARROW;
  const ends = series.map((one) => yOf(one.values[lastKnown(one.values)] ?? 0));
  const labelYs = spreadLabels(ends, LABEL_GAP, TOP + plot);
  const data = times.map((time, index) => ({
    time,
    ...Object.fromEntries(series.map((one) => [`now:${one.id}`, one.values[index] ?? null])),
    ...Object.fromEntries(series.map((one) => [`was:${one.id}`, one.comparison?.[index] ?? null])),
  }));
  const dots = series.some((one) => one.values.filter((value) => value !== null).length < 3);

  return (
    <div ref={ref} className={classes.plot} style={{ height }}>
      {width > 0 ? (
        <ComposedChart
          data={data}
          width={width}
          height={height}
          margin={{ top: TOP, right: labelled ? LABEL_ROOM : 12, bottom: 0, left: 0 }}
          accessibilityLayer
          title={props.label}
        >
          <CartesianGrid vertical={false} stroke={GRID_COLOUR} />
          <XAxis
            dataKey="time"
            height={AXIS_HEIGHT}
            tickFormatter={(time: string) => axisTime(words, time, grain)}
            tick={{ fill: AXIS_COLOUR, fontSize: 12 }}
            tickLine={false}
            axisLine={{ stroke: GRID_COLOUR }}
            minTickGap={24}
          />
          <YAxis
            domain={[bottom, top]}
            ticks={ticks}
            width="auto"
            tickFormatter={axisFormat}
            tick={{ fill: AXIS_COLOUR, fontSize: 12 }}
            tickLine={false}
            axisLine={false}
          />
          {bottom < 0 ? <ReferenceLine y={0} stroke={AXIS_COLOUR} /> : null}
          <ChartTooltip
            isAnimationActive={false}
            cursor={kind === "bars" ? { fill: GRID_COLOUR, opacity: 0.5 } : { stroke: AXIS_COLOUR }}
            content={({ active, activeIndex }) => (
              <Tip
                active={active === true}
                index={activeIndex == null ? null : Number(activeIndex)}
                times={times}
                comparisonTimes={props.comparisonTimes}
                series={series}
                grain={grain}
                format={format}
              />
            )}
          />
          {kind === "bars"
            ? series.map((one, place) => (
                <Bar
                  key={one.id}
                  dataKey={`now:${one.id}`}
                  name={one.label}
                  fill={seriesColour(place)}
                  stackId={stacked ? "all" : undefined}
                  radius={stacked ? 0 : [2, 2, 0, 0]}
                  maxBarSize={36}
                  isAnimationActive={false}
                />
              ))
            : null}
          {series.map((one, place) =>
            one.comparison ? (
              <Line
                key={`was:${one.id}`}
                dataKey={`was:${one.id}`}
                stroke={kind === "bars" ? AXIS_COLOUR : seriesColour(place)}
                strokeDasharray="4 4"
                strokeWidth={1.5}
                dot={false}
                activeDot={false}
                connectNulls={false}
                isAnimationActive={false}
              />
            ) : null,
          )}
          {kind === "lines"
            ? series.map((one, place) => {
                const end = lastKnown(one.values);
                return (
                  <Line
                    key={one.id}
                    dataKey={`now:${one.id}`}
                    name={one.label}
                    stroke={seriesColour(place)}
                    strokeWidth={2}
                    dot={dots ? { r: 3, fill: seriesColour(place) } : false}
                    connectNulls={false}
                    isAnimationActive={false}
                    label={
                      labelled
                        ? ({ x, index }: { x?: number | string; index?: number }) =>
                            index === end ? (
                              <text
                                x={Number(x ?? 0) + 8}
                                y={(labelYs[place] ?? 0) + 4}
                                fill={seriesColour(place)}
                                fontSize={12}
                                fontWeight={600}
                              >
                                {shorten(one.label)}
                              </text>
                            ) : (
                              <g />
                            )
                        : false
                    }
                  />
                );
              })
            : null}
        </ComposedChart>
      ) : null}
    </div>
  );
}

const LABEL_LETTERS = 16;

function shorten(label: string): string {
  return label.length > LABEL_LETTERS ? `${label.slice(0, LABEL_LETTERS - 1)}…` : label;
}
