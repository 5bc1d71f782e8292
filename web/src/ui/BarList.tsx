import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./chart/chart.module.css";
import { HrefLink } from "./HrefLink";

export interface BarItem {
  id: string;
  label: ReactNode;
  value: number;
  href?: string;
}

export interface BarListProps {
  label: string;
  items: readonly BarItem[];
  format: (value: number) => string;
  /** How many are named; the rest are "other". */
  top?: number;
}

/** The greatest few with bars from zero; the rest are one bar. Items come in order. */
export function BarList({ label, items, format, top = 7 }: BarListProps) {
  const { t } = useTranslation("ui");
  const rest = items.slice(top);
  const other: BarItem = {
    id: "other",
    label: t("chart.otherCount", { count: rest.length }),
    value: rest.reduce((sum, item) => sum + item.value, 0),
  };
  const shown = rest.length > 0 ? [...items.slice(0, top), other] : items;
  const most = Math.max(1e-9, ...shown.map((item) => item.value));
  return (
    <ol className={classes.bars} aria-label={label}>
      {shown.map((item) => {
        const inside = (
          <>
            <span className={classes.fill} style={{ width: `${Math.max(0, (item.value / most) * 100)}%` }} />
            <span className={classes.barLabel}>{item.label}</span>
            <span className={classes.barValue}>{format(item.value)}</span>
          </>
        );
        return (
          <li key={item.id}>
            {item.href ? (
              <HrefLink href={item.href} className={classes.bar}>
                {inside}
              </HrefLink>
            ) : (
              <div className={classes.bar}>{inside}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
