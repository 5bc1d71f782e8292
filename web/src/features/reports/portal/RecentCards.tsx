import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { addDays, todayIn } from "~/ui/dates";
import { useFormat } from "~/ui/format";
import { ErrorState } from "~/ui/States";
import { RecentCard } from "./RecentCard";
import { monthsOf } from "./recent";
import { useRecent } from "./useRecent";

/** Today, yesterday and this month, each beside the time before. */
export function RecentCards() {
  const { t } = useTranslation("portal");
  const { date, dayRange } = useFormat();
  const { recent, currency, others, error, retry } = useRecent();
  const today = todayIn(useMe().workspace.timezone);
  const yesterday = addDays(today, -1);
  const { now: month, before } = monthsOf(today);
  if (error && !recent) return <ErrorState error={error} onRetry={retry} />;
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" aria-busy={!recent}>
      <RecentCard
        title={t("home.today")}
        stretch={recent?.today}
        currency={currency}
        others={others(today, today)}
        beside={t("home.beside_today")}
      />
      <RecentCard
        title={t("home.yesterday")}
        stretch={recent?.yesterday}
        currency={currency}
        others={others(yesterday, yesterday)}
        beside={asStart(date(addDays(today, -2), { weekday: "long", day: "numeric", month: "long" }))}
      />
      <RecentCard
        title={t("home.month")}
        stretch={recent?.month}
        currency={currency}
        others={others(month.from, month.to)}
        beside={dayRange(before.from, before.to)}
      />
    </SimpleGrid>
  );
}

/** Weekdays begin small in Russian and Polish; here one begins a sentence. */
function asStart(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
