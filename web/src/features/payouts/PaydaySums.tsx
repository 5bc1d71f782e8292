import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type MoneyValue, useFormat } from "~/ui/format";

/** What a batch made now would pay, in a sentence. */
export function PaydaySums({ count, total, chosen }: { count: number; total: MoneyValue; chosen: number }) {
  const { t } = useTranslation("payouts");
  const { money, number } = useFormat();
  const partners = t("counted.partners", { count, shown: number(count) });
  if (count === 0) return <Text>{chosen > 0 ? t("payday.nobody_chosen") : t("payday.nobody")}</Text>;
  return (
    <Text aria-live="polite">
      {chosen > 0
        ? t("payday.would_pay_chosen", { partners, total: money(total) })
        : t("payday.would_pay", { partners, total: money(total) })}
    </Text>
  );
}
