import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import type { SimulationResult } from "./queries";
import classes from "./simulations.module.css";

const WIDTH = 320;
const HEIGHT = 120;
const MARGIN = 12;

interface Props {
  points: SimulationResult["sensitivity"];
  currency: string;
}

/** Profit by volume, as it is and as it would be: two lines, and the same figures as a table. */
export function Sensitivity({ points, currency }: Props) {
  const { t } = useTranslation("simulations");
  const { money, number } = useFormat();
  const amount = (minor: number) => money({ minor, currency });
  const times = (growth: string) => `×${number(Number(growth))}`;
  return (
    <>
      <Lines points={points} />
      <Table fz="sm" withRowBorders={false} verticalSpacing={2} aria-label={t("volume")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("volume_column")}</Table.Th>
            <Table.Th ta="end">
              <span className={classes.key} data-of="before" aria-hidden />
              {t("profit_now")}
            </Table.Th>
            <Table.Th ta="end">
              <span className={classes.key} data-of="after" aria-hidden />
              {t("profit_tried")}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {points.map(({ growth, before, after }) => (
            <Table.Tr key={growth}>
              <Table.Td>{times(growth)}</Table.Td>
              <Table.Td ta="end">{amount(before.profit_minor)}</Table.Td>
              <Table.Td ta="end">{amount(after.profit_minor)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

/** A picture of the table beside it, so that it says nothing of its own to a screen reader. */
function Lines({ points }: { points: Props["points"] }) {
  if (points.length < 2) return null;
  const values = points.flatMap(({ before, after }) => [before.profit_minor, after.profit_minor]);
  const least = Math.min(0, ...values);
  const span = Math.max(1, Math.max(0, ...values) - least);
  const volumes = points.map(({ growth }) => Number(growth));
  const first = Math.min(...volumes);
  const breadth = Math.max(0.01, Math.max(...volumes) - first);
  const x = (growth: string) => MARGIN + ((Number(growth) - first) / breadth) * (WIDTH - 2 * MARGIN);
  const y = (minor: number) => HEIGHT - MARGIN - ((minor - least) / span) * (HEIGHT - 2 * MARGIN);
  const line = (of: "before" | "after") =>
    points.map((point) => `${x(point.growth)},${y(point[of].profit_minor)}`).join(" ");
  return (
    <svg className={classes.lines} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <line className={classes.nought} x1={MARGIN} x2={WIDTH - MARGIN} y1={y(0)} y2={y(0)} />
      <polyline className={classes.line} data-of="before" points={line("before")} />
      <polyline className={classes.line} data-of="after" points={line("after")} />
      {points.map((point) => (
        <circle
          key={point.growth}
          className={classes.dot}
          cx={x(point.growth)}
          cy={y(point.after.profit_minor)}
          r={3.5}
        />
      ))}
    </svg>
  );
}
