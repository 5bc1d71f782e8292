import { Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";

export function JudgeProgress({ done, all }: { done: number; all: number }) {
  const { t } = useTranslation("conversions");
  const { number } = useFormat();
  return (
    <div aria-live="polite">
      <Progress value={(done / all) * 100} aria-label={t("judge.progress")} />
      <Text size="sm" c="dimmed" mt={4}>
        {t("judge.progress_of", { done: number(done), all: number(all) })}
      </Text>
    </div>
  );
}
