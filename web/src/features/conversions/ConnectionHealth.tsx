import { Alert, Skeleton } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconClock, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { healthOf } from "./connection";
import { useLastCalls } from "./lastCalls";

/** Whether the connection works, as the last calls tell. */
export function ConnectionHealth() {
  const { t } = useTranslation("conversions");
  const word = useWords();
  const { timeAgo, number, date } = useFormat();
  const { data, error } = useLastCalls();
  if (error) return null;
  if (!data) return <Skeleton height={84} />;
  const health = healthOf(data, Date.now());
  if (health.state === "working")
    return (
      <Alert color="green" icon={<IconCircleCheck size={20} />} title={t("health.working")}>
        {t("health.working_text", { ago: timeAgo(health.at) })}
      </Alert>
    );
  if (health.state === "quiet")
    return (
      <Alert color="yellow" icon={<IconClock size={20} />} title={t("health.quiet", { count: health.days, shown: number(health.days) })}>
        {t("health.quiet_text", { date: date(health.at) })}
      </Alert>
    );
  if (health.state === "refusing")
    return (
      <Alert color="red" icon={<IconAlertTriangle size={20} />} title={t("health.refusing", { refused: number(health.refused), of: number(health.of) })}>
        {t("health.refusing_text", { reason: word("conversion_reason", health.reason) })}
      </Alert>
    );
  return (
    <Alert color="gray" icon={<IconPlugConnectedX size={20} />} title={t("health.silent")}>
      {t("health.silent_text")}
    </Alert>
  );
}
