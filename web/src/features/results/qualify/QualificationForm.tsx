import { Button, Group, NumberInput, Select, Stack, Switch, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { Problem } from "~/api/problem";
import { bodyOf, type Goal, type Offer } from "~/features/offers/model";
import classes from "~/features/plans/plans.module.css";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { ErrorState, Section } from "~/ui/Page";
import { fieldErrors } from "~/ui/problems";
import { SkeletonBlock } from "~/ui/Skeletons";
import { notifyDone } from "~/ui/Toast";
import { formulaQuery } from "../deals/queries";
import { ConditionFields } from "./ConditionFields";
import { conditionsOf, draftOf, newCondition, type Qualification, qualificationOf } from "./draft";
import { useAskedText } from "./useAskedText";

const CONDITIONS_MAX = 10;
const WINDOW_DAYS_MAX = 365;
const REPORT_DAYS_MAX = 30;

interface Props {
  offer: Offer;
  goal: Goal;
}

/** What the goal asks of a customer; null where it asks nothing. */
function qualificationQuery(id: string, goal_id: string) {
  return queryOptions({
    queryKey: ["qualifications", "of-goal", id, goal_id],
    queryFn: async ({ signal }): Promise<Qualification | null> => {
      try {
        const params = { path: { id, goal_id } };
        return bodyOf(await client.GET("/v1/offers/{id}/goals/{goal_id}/qualification", { params, signal }));
      } catch (thrown) {
        if (Problem.of(thrown).status === 404) return null;
        throw thrown;
      }
    },
  });
}

/** What a goal asks of a customer before it is reported by itself. */
export function QualificationForm({ offer, goal }: Props) {
  const { t } = useTranslation("results");
  const { data, error, refetch } = useQuery(qualificationQuery(offer.id, goal.id));
  const others = offer.goals.filter(({ id }) => id !== goal.id);
  return (
    <Section title={t("qualify.title")} hint={t("qualify.hint")}>
      {others.length === 0 && <Text c="dimmed">{t("qualify.needs_goal")}</Text>}
      {others.length > 0 && error && data === undefined && (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
      {others.length > 0 && !error && data === undefined && <SkeletonBlock height={40} />}
      {others.length > 0 && data !== undefined && (
        <Form offer={offer} goal={goal} others={others} known={data} />
      )}
    </Section>
  );
}

interface FormProps extends Props {
  others: readonly Goal[];
  known: Qualification | null;
}

function Form({ offer, goal, others, known }: FormProps) {
  const { t } = useTranslation("results");
  const queries = useQueryClient();
  // Figures are in the currency that was agreed with the brand.
  const formula = useQuery(formulaQuery(offer.advertiser_id)).data;
  const currency = formula?.currency ?? offer.currency;
  const [draft, setDraft] = useState(() => draftOf(known, others[0]?.id ?? ""));
  const wanted = qualificationOf(draft);
  const save = useMutation({
    mutationFn: async (body: Qualification) => {
      const params = { path: { id: offer.id, goal_id: goal.id } };
      return bodyOf(await client.PUT("/v1/offers/{id}/goals/{goal_id}/qualification", { params, body }));
    },
    onSuccess: (saved) => {
      queries.setQueryData(qualificationQuery(offer.id, goal.id).queryKey, saved);
      notifyDone(t("qualify.saved"));
    },
  });
  const errors = save.error ? fieldErrors(save.error) : {};
  const days = (typed: number | string) => (typed === "" ? null : Number(typed));
  return (
    <Stack gap="sm">
      <FormError error={save.error} />
      <Switch
        label={t("qualify.on")}
        checked={draft.isOn}
        onChange={(event) => setDraft({ ...draft, isOn: event.currentTarget.checked })}
      />
      {(draft.isOn || known) && (
        <>
          <Select
            label={t("qualify.from")}
            data={others.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.from}
            onChange={(from) => from && setDraft({ ...draft, from })}
            error={errors.from_goal_id}
            allowDeselect={false}
          />
          <Group grow align="flex-start">
            <NumberInput
              label={t("qualify.window")}
              description={t("qualify.window_help")}
              value={draft.window ?? ""}
              onChange={(typed) => setDraft({ ...draft, window: days(typed) })}
              min={0}
              max={WINDOW_DAYS_MAX}
              allowDecimal={false}
              error={errors.window_days}
            />
            <NumberInput
              label={t("qualify.report")}
              description={t("qualify.report_help")}
              value={draft.report ?? ""}
              onChange={(typed) => setDraft({ ...draft, report: days(typed) })}
              min={0}
              max={REPORT_DAYS_MAX}
              allowDecimal={false}
              error={errors.report_days}
            />
          </Group>
          {draft.conditions.map((condition, index) => (
            <ConditionFields
              key={condition.key}
              number={index + 1}
              draft={condition}
              currency={currency}
              windowDays={draft.window ?? WINDOW_DAYS_MAX}
              error={errors[`conditions.${index}`]}
              onChange={(after) =>
                setDraft({
                  ...draft,
                  conditions: draft.conditions.map((one) => (one.key === condition.key ? after : one)),
                })
              }
              onRemove={
                draft.conditions.length > 1
                  ? () =>
                      setDraft({
                        ...draft,
                        conditions: draft.conditions.filter(({ key }) => key !== condition.key),
                      })
                  : undefined
              }
            />
          ))}
          <Group>
            <Button
              variant="subtle"
              size="xs"
              leftSection={<IconPlus size={14} aria-hidden />}
              disabled={draft.conditions.length >= CONDITIONS_MAX}
              onClick={() => setDraft({ ...draft, conditions: [...draft.conditions, newCondition()] })}
            >
              {t("qualify.add")}
            </Button>
          </Group>
          <Sentence draft={draft} others={others} currency={currency} />
          <Group justify="flex-end">
            <Button
              variant="default"
              disabled={!wanted}
              loading={save.isPending}
              onClick={() => wanted && save.mutate(wanted)}
            >
              {t("qualify.save")}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}

interface SentenceProps {
  draft: ReturnType<typeof draftOf>;
  others: readonly Goal[];
  currency: string;
}

/** What is asked, in one sentence. */
function Sentence({ draft, others, currency }: SentenceProps) {
  const { t } = useTranslation("results");
  const { number, language } = useFormat();
  const say = useAskedText(currency);
  const conditions = conditionsOf(draft.conditions);
  if (conditions.length === 0 || draft.window === null) return null;
  const list = new Intl.ListFormat(language, { type: "conjunction" }).format(conditions.map(say));
  return (
    <output className={classes.example} translate="no">
      {t("qualify.sentence", {
        days: number(draft.window),
        goal: others.find(({ id }) => id === draft.from)?.name ?? "",
        conditions: list,
      })}
    </output>
  );
}
