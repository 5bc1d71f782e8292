import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import type { Figures } from "./queries";
import classes from "./simulations.module.css";

interface Props {
  before: Figures;
  after: Figures;
  currency: string;
}

/** Earnings, revenue and profit as they stand and as they would be, on one scale. */
export function BeforeAfter({ before, after, currency }: Props) {
  const { t } = useTranslation("simulations");
  const { money } = useFormat();
  const rows = [
    { id: "earnings", label: t("earnings"), was: before.earnings_minor, is: after.earnings_minor },
    { id: "revenue", label: t("revenue"), was: before.revenue_minor, is: after.revenue_minor },
    { id: "profit", label: t("profit"), was: before.profit_minor, is: after.profit_minor },
  ];
  const most = Math.max(1, ...rows.flatMap(({ was, is }) => [Math.abs(was), Math.abs(is)]));
  const bar = (minor: number, of: "before" | "after") => (
    <div className={classes.pairLine}>
      <span className={classes.pairName}>{of === "before" ? t("now") : t("tried")}</span>
      <span className={classes.track}>
        <span
          className={classes.bar}
          data-of={of}
          data-negative={minor < 0 || undefined}
          style={{ width: `${(Math.abs(minor) / most) * 100}%` }}
        />
      </span>
      <span className={classes.amount}>{money({ minor, currency })}</span>
    </div>
  );
  return (
    <ul className={classes.pairs} aria-label={t("before_after")}>
      {rows.map(({ id, label, was, is }) => (
        <li key={id}>
          <span className={classes.pairTitle}>{label}</span>
          {bar(was, "before")}
          {bar(is, "after")}
        </li>
      ))}
    </ul>
  );
}
