import { Group, List, Paper, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconCheck, IconClock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import type { Named } from "~/features/offers/model";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import { When } from "~/ui/When";
import { type Progress, useProgress } from "./model";

interface Props {
  conversionId: string;
  /** Of the customer's results. */
  currency: string;
}

/** Where the customer stands with goals that ask for more; nothing where no goal asks. */
export function QualificationOf({ conversionId, currency }: Props) {
  const { t } = useTranslation("results");
  const { data } = useProgress(conversionId);
  if (!data || data.length === 0) return null;
  return (
    <Section title={t("qualification")}>
      <Stack gap="sm">
        {data.map((one) => (
          <OneGoal key={one.id} progress={one} currency={currency} />
        ))}
      </Stack>
    </Section>
  );
}

function OneGoal({ progress, currency }: { progress: Named<Progress>; currency: string }) {
  const { t } = useTranslation("results");
  const word = useWords();
  const say = useConditionText(currency);
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between">
        <Text fw={600} translate="no">
          {progress.names[progress.goal_id]}
        </Text>
        <Text size="sm">{word("qualification_state", progress.state)}</Text>
      </Group>
      <Text size="sm" c="dimmed">
        {t("until")} <When value={progress.until} />
      </Text>
      <List size="sm" spacing={4} mt="xs" center>
        {progress.standings.map((standing) => (
          <List.Item
            key={JSON.stringify(standing.condition)}
            icon={
              <ThemeIcon size={18} radius="xl" variant="light" color={standing.is_met ? "green" : "gray"}>
                {standing.is_met ? <IconCheck size={12} aria-hidden /> : <IconClock size={12} aria-hidden />}
              </ThemeIcon>
            }
          >
            {say(standing)} {standing.is_met ? t("met") : ""}
          </List.Item>
        ))}
      </List>
    </Paper>
  );
}

function useConditionText(currency: string) {
  const { t } = useTranslation("results");
  const word = useWords();
  const { money, number } = useFormat();
  return ({ condition, reached }: Progress["standings"][number]): string => {
    if (condition.kind === "active_on_day") return t("condition.active", { day: number(condition.day) });
    if (condition.kind === "orders")
      return t("condition.orders", { reached: number(reached), needed: number(condition.count) });
    const isCount = condition.figure === "deposits_count" || condition.figure === "bets_count";
    const said = (minor: number) => (isCount ? number(minor) : money({ minor, currency }));
    return t("condition.at_least", {
      figure: word("result_figure", condition.figure),
      reached: said(reached),
      needed: said(condition.value),
    });
  };
}
