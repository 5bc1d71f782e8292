import { NumberInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useBillingChanged } from "~/features/billing/model";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { PlanSelect } from "./PlanSelect";

/** Starts an advertiser's subscription. */
export function StartDrawer({ advertiserId, onClose }: { advertiserId: string; onClose: () => void }) {
  const { t } = useTranslation("subscriptions");
  const changed = useBillingChanged();
  const [plan, setPlan] = useState<string | null>(null);
  const [trialDays, setTrialDays] = useState<number | null>(null);
  const save = useMutation({
    mutationFn: async () => {
      const body = { advertiser_id: advertiserId, plan_id: plan ?? "", trial_days: trialDays };
      return bodyOf(await client.POST("/v1/subscriptions", { body }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t("start.done"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={t("start.title")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={plan !== null}
      submitLabel={t("start.act")}
    >
      <PlanSelect value={plan} onChange={setPlan} error={errors.plan_id} />
      <NumberInput
        label={t("plan.trial_days")}
        description={t("start.trial_help")}
        value={trialDays ?? ""}
        onChange={(days) => setTrialDays(typeof days === "number" ? days : null)}
        error={errors.trial_days}
        allowDecimal={false}
        min={0}
        hideControls
      />
    </FormDrawer>
  );
}
