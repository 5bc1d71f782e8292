import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { amountOf, exampleSale } from "~/features/plans/effect";
import { usePayoutWords } from "~/features/plans/payoutWords";
import { useFormat } from "~/ui/format";
import type { Offer } from "../model";
import classes from "./portal.module.css";

/** What the advertiser is charged, a line for each goal, with what a sale would cost. */
export function ChargeLines({ offer }: { offer: Offer }) {
  const { t } = useTranslation("portal");
  const word = useWords();
  const chargeText = usePayoutWords();
  const { money } = useFormat();
  const { currency } = offer;
  const sale = exampleSale(currency);
  const amount = (minor: number) => money({ minor, currency });
  return (
    <ul className={classes.list}>
      {offer.goals.map((goal) => (
        <li key={goal.id}>
          {goal.revenue ? (
            <span className={classes.rate}>{chargeText(goal.revenue, goal, currency)}</span>
          ) : (
            <Text span c="dimmed">
              {t("charge.none", { goal: goal.kind === "custom" ? goal.name : word("goal_kind", goal.kind) })}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {goal.revenue && "percent" in goal.revenue
              ? t("charge.example", { sale: amount(sale), charged: amount(amountOf(goal.revenue, sale)) })
              : null}{" "}
            {t("charge.name")} <code translate="no">{goal.name}</code>
          </Text>
        </li>
      ))}
    </ul>
  );
}
