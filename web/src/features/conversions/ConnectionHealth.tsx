import { Skeleton } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconPlugConnectedX,
  type TablerIcon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { type Tone, toneColours } from "~/ui/palette";
import { type Health, healthOf } from "./connection";
import classes from "./conversions.module.css";
import { useLastCalls } from "./lastCalls";

const LOOKS: Record<Health["state"], { tone: Tone; icon: TablerIcon }> = {
  working: { tone: "good", icon: IconCircleCheck },
  quiet: { tone: "pending", icon: IconClock },
  refusing: { tone: "bad", icon: IconAlertTriangle },
  silent: { tone: "neutral", icon: IconPlugConnectedX },
};

/** Whether the connection works, as the last calls tell. */
export function ConnectionHealth() {
  const { data, error } = useLastCalls();
  const told = useHealthText();
  if (error) return null;
  if (!data) return <Skeleton height={72} />;
  const health = healthOf(data, Date.now());
  const { tone, icon: Icon } = LOOKS[health.state];
  const { title, text } = told(health);
  return (
    <div role="status" className={classes.health} style={toneColours(tone)}>
      <Icon size={20} aria-hidden />
      <div>
        <strong>{title}</strong>
        <div>{text}</div>
      </div>
    </div>
  );
}

function useHealthText(): (health: Health) => { title: string; text: string } {
  const { t } = useTranslation("conversions");
  const word = useWords();
  const { timeAgo, number, date } = useFormat();
  return (health) => {
    switch (health.state) {
      case "working":
        return { title: t("health.working"), text: t("health.working_text", { ago: timeAgo(health.at) }) };
      case "quiet":
        return {
          title: t("health.quiet", { count: health.days, shown: number(health.days) }),
          text: t("health.quiet_text", { date: date(health.at) }),
        };
      case "refusing":
        return {
          title: t("health.refusing", { refused: number(health.refused), of: number(health.of) }),
          text: t("health.refusing_text", { reason: word("conversion_reason", health.reason) }),
        };
      case "silent":
        return { title: t("health.silent"), text: t("health.silent_text") };
    }
  };
}
