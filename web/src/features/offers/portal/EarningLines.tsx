import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { amountOf, exampleSale } from "~/features/plans/effect";
import { usePayoutWords } from "~/features/plans/payoutWords";
import { useFormat } from "~/ui/format";
import type { Offer } from "../model";
import { isConditional, ratesOf } from "./ownRates";
import classes from "./portal.module.css";
import { RateLines } from "./RateLines";

interface Props {
  offer: Offer;
  /** With what a sale would bring, where that depends on the sale, and with every rate that holds for some only. */
  whole?: boolean;
}

/** What the partner earns by its own rates, a line for each goal that pays. */
export function EarningLines({ offer, whole }: Props) {
  const { t } = useTranslation("portal");
  const payoutText = usePayoutWords();
  const word = useWords();
  const { money } = useFormat();
  const { currency, goals, traffic_payouts = [] } = offer;
  const [anyGoal] = goals;
  const sale = exampleSale(currency);
  const amount = (minor: number) => money({ minor, currency });
  const isPaid =
    traffic_payouts.length > 0 || goals.some((goal) => goal.payout || ratesOf(offer, goal).length > 0);
  if (!isPaid) return <Text c="dimmed">{t("earn.nothing")}</Text>;
  return (
    <ul className={classes.list}>
      {anyGoal &&
        traffic_payouts.map((rate) => (
          <li key={JSON.stringify(rate)}>
            <span className={classes.rate}>{payoutText(rate, anyGoal, currency)}</span>
          </li>
        ))}
      {goals.map((goal) => {
        const name = goal.kind === "custom" ? goal.name : word("goal_kind", goal.kind);
        const isForSome = !goal.payout && ratesOf(offer, goal).some(isConditional);
        return (
          <li key={goal.id}>
            {goal.payout && <span className={classes.rate}>{payoutText(goal.payout, goal, currency)}</span>}
            {isForSome && t("earn.for_some", { goal: name })}
            {!goal.payout && !isForSome && (
              <Text span c="dimmed">
                {t("earn.unpaid", { goal: name })}
              </Text>
            )}
            {whole && goal.payout && "percent" in goal.payout && (
              <Text size="sm" c="dimmed">
                {t("earn.example", { sale: amount(sale), earned: amount(amountOf(goal.payout, sale)) })}
              </Text>
            )}
            {whole && <RateLines offer={offer} goal={goal} />}
          </li>
        );
      })}
    </ul>
  );
}
