import { Group, Paper, Select, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { usePeriod } from "~/domain/period";
import { useWords } from "~/domain/words";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { POLICIES, type Policy, replayQuery, type SmartLink } from "./queries";

const WHOLE_PPM = 1_000_000;
/** Below this the estimate says what it leaves out. */
const COVERED_WELL = 0.98;

/** What another way of choosing would have brought in the page's period. */
export function Replay({ link }: { link: SmartLink }) {
  const { t } = useTranslation("smart");
  const word = useWords();
  const { range } = usePeriod();
  const [policy, setPolicy] = useState<Policy>("equal");
  const { data, error } = useQuery(replayQuery(link.id, { from: range.from, to: range.to, policy }));
  return (
    <Section title={t("replay.title")} hint={t("replay.hint")}>
      <Select
        label={t("replay.policy")}
        data={POLICIES.map((one) => ({ value: one, label: word("smart_policy", one) }))}
        value={policy}
        onChange={(one) => one && setPolicy(one as Policy)}
        allowDeselect={false}
        maw={320}
      />
      <FormError error={error} />
      {!data && !error && <SkeletonLines lines={2} />}
      {data && <Outcome replay={data} />}
    </Section>
  );
}

function Outcome({ replay }: { replay: Schemas["ReplayOut"] }) {
  const { t } = useTranslation("smart");
  const { number, percent } = useFormat();
  if (!replay.live) return <Text c="dimmed">{t("replay.no_clicks")}</Text>;
  if (!replay.replayed) return <Text c="dimmed">{t("replay.no_examples")}</Text>;
  const covered = replay.covered_ppm / WHOLE_PPM;
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, sm: 2 }} maw={640}>
        <Brought
          label={t("replay.live")}
          brought={replay.live}
          currency={replay.currency}
          clicks={number(replay.clicks)}
        />
        <Brought
          label={t("replay.replayed")}
          brought={replay.replayed}
          currency={replay.currency}
          clicks={number(replay.effective_clicks)}
        />
      </SimpleGrid>
      {covered < COVERED_WELL && (
        <Text size="sm" c="dimmed">
          {t("replay.covered", { percent: percent(covered) })}
        </Text>
      )}
    </Stack>
  );
}

interface BroughtProps {
  label: string;
  brought: Schemas["ProfitPerClick"];
  currency: string;
  clicks: string;
}

function Brought({ label, brought, currency, clicks }: BroughtProps) {
  const { t } = useTranslation("smart");
  const { moneyMicros } = useFormat();
  const micros = (value: number) => moneyMicros({ micros: value, currency }, { digits: 4 });
  return (
    <Paper withBorder p="md">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Group gap={6} align="baseline">
        <Text fz="xl" fw={600}>
          {micros(brought.micros)}
        </Text>
        <Text size="sm" c="dimmed">
          {t("replay.per_click")}
        </Text>
      </Group>
      <Text size="sm">
        {t("page.between", { low: micros(brought.low_micros), high: micros(brought.high_micros) })}
      </Text>
      <Text size="xs" c="dimmed">
        {t("replay.rests", { clicks })}
      </Text>
    </Paper>
  );
}
