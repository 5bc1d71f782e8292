import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import type { Balance, NextPayout } from "./model";
import classes from "./payouts.module.css";

interface Props {
  balance: Balance;
  next: NextPayout | undefined;
}

/** The balance, each part with what it means and what happens to it next. */
export function BalanceCards({ balance, next }: Props) {
  const { t } = useTranslation("payouts");
  const { date, money } = useFormat();
  const first = next?.upcoming.find(({ amount }) => amount.minor !== 0);
  const locks = first
    ? t("balance.approved_next", { amount: money(first.amount), date: date(first.day) })
    : t("balance.approved_text");
  const parts = [
    { id: "pending", title: t("balance.pending"), minor: balance.pending, text: t("balance.pending_text") },
    {
      id: "approved",
      title: t("balance.approved"),
      minor: balance.approved,
      text: balance.approved === 0 ? t("balance.approved_text") : locks,
    },
    { id: "payable", title: t("balance.payable"), minor: balance.payable, text: t("balance.payable_text") },
    {
      id: "in_transit",
      title: t("balance.in_transit"),
      minor: balance.in_transit,
      text: t("balance.in_transit_text"),
    },
    ...(balance.debt === 0
      ? []
      : [{ id: "debt", title: t("balance.debt"), minor: -balance.debt, text: t("balance.debt_text") }]),
    { id: "paid", title: t("balance.paid"), minor: balance.paid, text: t("balance.paid_text") },
  ];
  return (
    <div className={classes.cards}>
      {parts.map(({ id, title, minor, text }) => (
        <div key={id} className={classes.card}>
          <h2 className={classes.cardTitle}>{title}</h2>
          <div className={classes.amount}>
            <Money value={{ minor, currency: balance.currency }} />
          </div>
          <div className={classes.meaning}>{text}</div>
        </div>
      ))}
    </div>
  );
}
