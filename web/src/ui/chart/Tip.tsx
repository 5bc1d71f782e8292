import { useFormat } from "../format";
import { seriesColour } from "../palette";
import classes from "./chart.module.css";
import type { ChartSeries } from "./scale";
import { fullTime, type Grain } from "./times";

interface Props {
  active: boolean;
  index: number | null;
  times: readonly string[];
  comparisonTimes?: readonly string[];
  series: readonly ChartSeries[];
  grain: Grain;
  format: (value: number) => string;
}

/** What a chart says about one moment, by pointer and by arrow keys alike. */
export function Tip({ active, index, times, comparisonTimes, series, grain, format }: Props) {
  const words = useFormat();
  const time = index === null ? undefined : times[index];
  if (!active || index === null || time === undefined) return null;
  const say = (value: number | null | undefined) => (value == null ? "-" : format(value));
  const was = comparisonTimes?.[index];
  return (
    <div className={classes.tip}>
      <strong>{fullTime(words, time, grain)}</strong>
      {was ? <div className={classes.faint}>{fullTime(words, was, grain)}</div> : null}
      <table>
        <tbody>
          {series.map((one, place) => (
            <tr key={one.id}>
              <th scope="row">
                <span
                  className={classes.swatch}
                  style={{ display: "inline-block", marginInlineEnd: 6, background: seriesColour(place) }}
                />
                {one.label}
              </th>
              <td>{say(one.values[index])}</td>
              {one.comparison ? <td className={classes.faint}>{say(one.comparison[index])}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
