import { Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import type { NamedCap } from "./model";
import { useCapWords } from "./useCapWords";

const NEARLY_FULL = 80;

function colourOf(cap: NamedCap): string {
  if (cap.pacing.reached_at || cap.pacing.left === 0) return "red";
  return cap.pacing.used_percent >= NEARLY_FULL ? "yellow" : "teal";
}

/** How much of a cap is used, as a bar and in words. */
export function CapBar({ cap, isLarge }: { cap: NamedCap; isLarge?: boolean }) {
  const { used, what } = useCapWords();
  return (
    <Stack gap={2} miw={140}>
      <Text size="sm" className="figures">
        {used(cap)}
      </Text>
      <Progress
        value={Math.min(cap.pacing.used_percent, 100)}
        color={colourOf(cap)}
        size={isLarge ? "lg" : "sm"}
        aria-label={what(cap)}
      />
    </Stack>
  );
}

/** When the cap will be full, or since when it is. */
export function CapForecast({ cap }: { cap: NamedCap }) {
  const { t } = useTranslation("caps");
  const { dateTime } = useFormat();
  const { amount } = useCapWords();
  const { reached_at, full_at, projected, left } = cap.pacing;
  if (cap.state !== "active") return <>{t("forecast.idle")}</>;
  if (reached_at) return <>{t("forecast.full", { at: dateTime(reached_at) })}</>;
  if (full_at) return <>{t("forecast.will_be_full", { at: dateTime(full_at) })}</>;
  if (projected !== null && projected !== undefined)
    return <>{t("forecast.projected", { amount: amount(cap, projected) })}</>;
  return <>{t("forecast.left", { amount: amount(cap, left) })}</>;
}
