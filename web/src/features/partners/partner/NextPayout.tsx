import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useFormat } from "~/ui/format";

/** What a batch made now would send, in one sentence, and what follows. */
export function NextPayout({ next, isActive }: { next: Schemas["NextPayout"]; isActive: boolean }) {
  const { t } = useTranslation("partners");
  const { money, date } = useFormat();
  const [first] = next.upcoming;
  return (
    <div>
      <Text fw={600}>{t("next.title", { amount: money(next.next_payout) })}</Text>
      <Text c="dimmed" size="sm">
        {!isActive && next.payable.minor > 0
          ? `${t("next.withheld", { amount: money(next.payable) })} `
          : null}
        {isActive && !next.reaches_minimum && next.payable.minor > 0
          ? `${t("next.below", { payable: money(next.payable), minimum: money(next.minimum) })} `
          : null}
        {next.debt.minor > 0 ? `${t("next.debt", { amount: money(next.debt) })} ` : null}
        {first
          ? t("next.upcoming", { amount: money(first.amount), day: date(first.day) })
          : t("next.nothing_upcoming")}
        {next.frozen.minor > 0 ? ` ${t("next.frozen", { amount: money(next.frozen) })}` : null}
      </Text>
    </div>
  );
}
