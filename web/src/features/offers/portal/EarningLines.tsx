import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { amountOf, exampleSale } from "~/features/plans/effect";
import { usePayoutWords } from "~/features/plans/payoutWords";
import { useFormat } from "~/ui/format";
import type { Offer } from "../model";
import classes from "./portal.module.css";

interface Props {
  offer: Offer;
  /** With what a sale would bring, where that depends on the sale. */
  withExample?: boolean;
}

/** What the partner earns by its own rate, a line for each goal that pays. */
export function EarningLines({ offer, withExample }: Props) {
  const { t } = useTranslation("portal");
  const payoutText = usePayoutWords();
  const word = useWords();
  const { money } = useFormat();
  const { currency, goals } = offer;
  const sale = exampleSale(currency);
  const amount = (minor: number) => money({ minor, currency });
  const isPaid = goals.some(({ payout }) => payout);
  if (!isPaid) return <Text c="dimmed">{t("earn.nothing")}</Text>;
  return (
    <ul className={classes.list}>
      {goals.map((goal) => (
        <li key={goal.id}>
          {goal.payout ? (
            <span className={classes.rate}>{payoutText(goal.payout, goal, currency)}</span>
          ) : (
            <Text span c="dimmed">
              {t("earn.unpaid", { goal: goal.kind === "custom" ? goal.name : word("goal_kind", goal.kind) })}
            </Text>
          )}
          {withExample && goal.payout && "percent" in goal.payout && (
            <Text size="sm" c="dimmed">
              {t("earn.example", { sale: amount(sale), earned: amount(amountOf(goal.payout, sale)) })}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
