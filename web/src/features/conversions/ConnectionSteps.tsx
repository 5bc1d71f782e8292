import { List, Select, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { masked, postbackAddress, tagSnippet, updateAddress } from "./connection";
import classes from "./conversions.module.css";
import { Macros } from "./Macros";
import { Snippet } from "./Snippet";
import { Token } from "./Token";
import { useConnection } from "./useConnection";
import { useOwnGoals } from "./useOwnGoals";

const EXAMPLE = { goal: "sale", currency: "EUR" };
const NO_TOKEN = "TOKEN";

/** Step by step: keep the click, call after the sale, tell the verdict; or the tag. */
export function ConnectionSteps({ advertiserId }: { advertiserId: string }) {
  const { t } = useTranslation("conversions");
  const { data: connection, error, refetch } = useConnection(advertiserId);
  const { data: goals = [] } = useOwnGoals();
  const [goalId, setGoalId] = useState<string>();
  const [isRevealed, setIsRevealed] = useState(false);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!connection) return <SkeletonBlock height={480} />;

  const { door, origin } = connection;
  const token = connection.token ?? NO_TOKEN;
  const shownToken = isRevealed || !connection.token ? token : masked(token);
  const sale = goals.find(({ id }) => id === goalId) ?? goals[0] ?? EXAMPLE;
  const tag = tagSnippet(origin, sale);
  return (
    <ol className={classes.steps}>
      <Step title={t("step.token")}>
        <Text>{t("step.token_text")}</Text>
        <Token
          advertiserId={advertiserId}
          token={connection.token}
          isRevealed={isRevealed}
          onReveal={setIsRevealed}
        />
      </Step>
      <Step title={t("step.click")}>
        <Text>{t("step.click_text")}</Text>
      </Step>
      <Step title={t("step.call")}>
        <Text>{t("step.call_text")}</Text>
        {goals.length > 1 && (
          <Select
            label={t("step.goal")}
            maw={420}
            value={goalId ?? goals[0]?.id ?? null}
            onChange={(id) => setGoalId(id ?? undefined)}
            data={goals.map(({ id, offer, goal }) => ({ value: id, label: `${offer}: ${goal}` }))}
            allowDeselect={false}
          />
        )}
        <Snippet
          label={t("step.call_label")}
          text={postbackAddress(door, sale, token)}
          shown={postbackAddress(door, sale, shownToken)}
        />
        <Macros />
      </Step>
      <Step title={t("step.verdict")}>
        <Text>{t("step.verdict_text")}</Text>
        <Snippet
          label={t("step.verdict_label")}
          text={updateAddress(door, sale, token)}
          shown={updateAddress(door, sale, shownToken)}
        />
      </Step>
      <Step title={t("step.tag")}>
        <Text>{t("step.tag_text")}</Text>
        <Snippet label={t("step.tag_page")} text={tag.page} />
        <Snippet label={t("step.tag_sale")} text={tag.sale} />
      </Step>
      <Step title={t("step.check")}>
        <List size="sm" spacing={4}>
          <List.Item>{t("step.check_open")}</List.Item>
          <List.Item>{t("step.check_answer")}</List.Item>
          <List.Item>{t("step.check_refused")}</List.Item>
        </List>
      </Step>
    </ol>
  );
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li>
      <Stack gap="sm">
        <Title order={2} size="h3">
          {title}
        </Title>
        {children}
      </Stack>
    </li>
  );
}
