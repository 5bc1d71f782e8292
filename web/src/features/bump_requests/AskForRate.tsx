import { Select, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf, type Offer } from "~/features/offers/model";
import { effectOf, type RateDraft } from "~/features/plans/effect";
import { RateField } from "~/features/plans/RateField";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";

/** A partner asks for a rate of its own. */
export function AskForRate({ offer, onClose }: { offer: Offer; onClose: () => void }) {
  const { t } = useTranslation("bump_requests");
  const queries = useQueryClient();
  const primary = offer.goals.find(({ is_primary }) => is_primary) ?? offer.goals[0];
  const [goal, setGoal] = useState(primary?.id);
  const [rate, setRate] = useState<RateDraft>({ kind: "percent", value: "" });
  const [words, setWords] = useState("");
  const wanted = effectOf(rate, offer.currency);
  const ask = useMutation({
    mutationFn: async () => {
      if (!wanted) throw new Error("a form without a rate is not sent");
      const body = { offer_id: offer.id, goal_id: goal, wanted, words: words.trim() || null };
      return bodyOf(await client.POST("/v1/bump-requests", { body }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["bump-requests"] });
      notifyDone(t("sent"));
      onClose();
    },
  });
  const complaints = ask.error ? fieldErrors(ask.error) : {};
  return (
    <FormDrawer
      title={t("ask")}
      onClose={onClose}
      onSubmit={() => wanted && ask.mutate()}
      error={ask.error}
      isSaving={ask.isPending}
      submitLabel={t("send")}
    >
      {offer.goals.length > 1 && (
        <Select
          label={t("goal")}
          data={offer.goals.map(({ id, name }) => ({ value: id, label: name }))}
          value={goal ?? null}
          onChange={(id) => setGoal(id ?? undefined)}
          allowDeselect={false}
        />
      )}
      <RateField
        label={t("wanted")}
        draft={rate}
        onChange={setRate}
        currency={offer.currency}
        error={complaints.wanted}
      />
      <Textarea
        label={t("why")}
        description={t("why_help")}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        maxLength={200}
        autosize
      />
    </FormDrawer>
  );
}
