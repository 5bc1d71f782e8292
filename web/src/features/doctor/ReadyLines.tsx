import { Alert, Select, Stack, Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { Snippet as Line } from "~/features/conversions/Snippet";
import { useOffers } from "~/features/offers/queries";
import { Section } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { believes, GROUPS, type Group, groupOf } from "./lines";
import { integrationQuery, type Snippet } from "./queries";

/** The lines to paste, with the advertiser's own ids, by where they go. */
export function ReadyLines({ advertiserId }: { advertiserId: string }) {
  const { t } = useTranslation("doctor");
  const offers = useOffers({ advertiser_id: advertiserId });
  const goals = offers.rows.flatMap((offer) =>
    offer.goals.map((goal) => ({
      value: goal.id,
      offer: offer.id,
      label: `${offer.name}: ${goal.name}`,
    })),
  );
  const [goalId, setGoalId] = useState<string>();
  const chosen = goals.find(({ value }) => value === goalId);
  const { data, error, refetch } = useQuery(integrationQuery(advertiserId, chosen?.offer, chosen?.value));
  return (
    <Section title={t("lines.title")} hint={t("lines.hint")}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines lines={6} />}
      {data && !data.offer_id && <Text c="dimmed">{t("lines.none")}</Text>}
      {data?.offer_id && (
        <Stack gap="md">
          {goals.length > 1 && (
            <Select
              label={t("lines.goal")}
              maw={420}
              value={chosen?.value ?? data.goal_id ?? null}
              onChange={(id) => setGoalId(id ?? undefined)}
              data={goals}
              allowDeselect={false}
              searchable
            />
          )}
          {!data.has_token && <Alert color="yellow">{t("lines.no_token")}</Alert>}
          <Lines snippets={data.snippets} believed={(snippet) => believes(data, snippet)} />
        </Stack>
      )}
    </Section>
  );
}

function Lines({
  snippets,
  believed,
}: {
  snippets: readonly Snippet[];
  believed: (snippet: Snippet) => boolean;
}) {
  const { t } = useTranslation("doctor");
  const word = useWords();
  const labels: Record<Group, string> = {
    server: t("lines.server"),
    pages: t("lines.pages"),
    manager: t("lines.manager"),
    platforms: t("lines.platforms"),
  };
  const shown = GROUPS.filter((group) => snippets.some((snippet) => groupOf(snippet) === group));
  return (
    <Tabs defaultValue="server" keepMounted={false}>
      <Tabs.List
        aria-label={t("lines.kinds")}
        style={{ flexWrap: "nowrap", overflowX: "auto", overflowY: "hidden" }}
      >
        {shown.map((group) => (
          <Tabs.Tab key={group} value={group} style={{ flexShrink: 0 }}>
            {labels[group]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {shown.map((group) => {
        const lines = snippets.filter((snippet) => groupOf(snippet) === group);
        return (
          <Tabs.Panel key={group} value={group} pt="md">
            <Stack gap="md">
              {!lines.some(believed) && <Alert color="yellow">{t("lines.too_low")}</Alert>}
              {lines.map((snippet) => (
                <Stack key={`${snippet.kind} ${snippet.dialect}`} gap={4}>
                  <Line
                    label={
                      snippet.dialect
                        ? t("lines.in_dialect", { platform: word("dialect", snippet.dialect) })
                        : word("snippet_kind", snippet.kind)
                    }
                    text={snippet.text}
                  />
                  {snippet.dialect === "awin" && (
                    <Text size="sm" c={believed(snippet) ? "dimmed" : undefined}>
                      {t("lines.awin")}
                    </Text>
                  )}
                </Stack>
              ))}
            </Stack>
          </Tabs.Panel>
        );
      })}
    </Tabs>
  );
}
