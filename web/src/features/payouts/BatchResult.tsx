import { Progress } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { sumsByState } from "./batchState";
import type { BatchDetail } from "./model";
import classes from "./payouts.module.css";

/** How many payouts arrived, failed, or have no result yet. */
export function BatchResult({ batch }: { batch: BatchDetail }) {
  const { t } = useTranslation("payouts");
  const { number } = useFormat();
  const sums = sumsByState(batch);
  const settled = sums
    .filter(({ state }) => state !== "in_transit")
    .reduce((sum, { count }) => sum + count, 0);
  const ratio = batch.payout_count === 0 ? 0 : (settled / batch.payout_count) * 100;
  return (
    <>
      <div className={classes.cards}>
        {sums.map(({ state, count, amount }) => (
          <div key={state} className={classes.card}>
            <StateChip of="payout" state={state} />
            <div className={classes.amount}>
              <Money value={amount} />
            </div>
            <div>{t("counted.payouts", { count, shown: number(count) })}</div>
          </div>
        ))}
      </div>
      <Progress
        value={ratio}
        aria-label={t("batch.progress", { settled: number(settled), all: number(batch.payout_count) })}
      />
    </>
  );
}
