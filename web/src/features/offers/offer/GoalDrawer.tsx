import { Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { startOfDay } from "~/features/conversions/days";
import { ExternalRefs } from "~/features/domains/ExternalRefs";
import { type MarginWordsSent, useMarginWords } from "~/features/plans/MarginWords";
import { ValidFrom } from "~/features/plans/ValidFrom";
import { QualificationForm } from "~/features/results/qualify/QualificationForm";
import { FormDrawer } from "~/ui/FormDrawer";
import { useFormat } from "~/ui/format";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { changedGoal, goalDraftOf, goalOf, newGoal } from "../editor/draft";
import { goalErrors } from "../editor/form";
import { GoalFields } from "../editor/GoalFields";
import { bodyOf, type Goal, type Offer } from "../model";
import { useOfferSaved } from "./useOfferSaved";

interface Props {
  offer: Offer;
  /** Absent for a goal to be. */
  goal: Goal | null;
  onClose: () => void;
}

/** A goal and its rates. New rates are a new version of the plan, from now or from a day to come. */
export function GoalDrawer({ offer, goal, onClose }: Props) {
  const { t } = useTranslation("offers");
  const { t: plans } = useTranslation("plans");
  const { timezone } = useFormat();
  const saved = useOfferSaved();
  const [draft, setDraft] = useState(() =>
    goal ? goalDraftOf(goal, offer.currency) : newGoal("lead", false),
  );
  const [day, setDay] = useState<string | null>(null);
  const [complaints, setComplaints] = useState<Record<string, string>>({});
  const save = useMutation({
    mutationFn: async (words: MarginWordsSent) => {
      const path = { id: offer.id };
      if (!goal) {
        const body = { ...goalOf(draft, offer.currency), ...words };
        return bodyOf(await client.POST("/v1/offers/{id}/goals", { params: { path }, body }));
      }
      const change = { ...changedGoal(draft, goal, offer.currency), ...words };
      const body = day && movesRates(change) ? { ...change, valid_from: startOfDay(day, timezone) } : change;
      const params = { path: { ...path, goal_id: goal.id } };
      return bodyOf(await client.PATCH("/v1/offers/{id}/goals/{goal_id}", { params, body }));
    },
    onSuccess: (offerNow) => {
      saved(offerNow);
      notifyDone(t("goals.saved", { goal: draft.name }));
      onClose();
    },
    onError: (problem) => setComplaints(fieldErrors(problem)),
  });
  const margin = useMarginWords(save.error);
  const rename = async (external_refs: Record<string, string>) => {
    const params = { path: { id: offer.id, goal_id: goal?.id ?? "" } };
    const body = { external_refs };
    saved(bodyOf(await client.PATCH("/v1/offers/{id}/goals/{goal_id}", { params, body })));
  };
  const submit = () => {
    const found = goalErrors(draft, offer.currency, "", {
      needed: t("editor.needed"),
      amount: plans("rate.unreadable_amount"),
      percent: plans("rate.unreadable_percent"),
    });
    setComplaints(found);
    if (Object.keys(found).length === 0) save.mutate(margin.sent);
  };
  const hasNewRates = goal !== null && movesRates(changedGoal(draft, goal, offer.currency));
  return (
    <FormDrawer
      title={goal ? t("goals.edit_one", { goal: goal.name }) : t("goals.new_title")}
      size="lg"
      onClose={onClose}
      onSubmit={submit}
      error={save.error}
      isSaving={save.isPending}
      below={
        goal && (
          <Stack mt="xl" gap="xl">
            <QualificationForm offer={offer} goal={goal} />
            <ExternalRefs refs={goal.external_refs} mayEdit save={rename} />
          </Stack>
        )
      }
    >
      <GoalFields
        goal={draft}
        onChange={(after) => {
          setDraft(after);
          setComplaints({});
        }}
        currency={offer.currency}
        errorOf={(field) => complaints[field]}
        onPrimary={goal?.is_primary ? undefined : () => setDraft({ ...draft, is_primary: true })}
        kindIsFixed={goal !== null}
      />
      {margin.field}
      {hasNewRates && <ValidFrom day={day} onChange={setDay} error={complaints.valid_from} />}
    </FormDrawer>
  );
}

function movesRates(change: object): boolean {
  return "payout" in change || "revenue" in change;
}
