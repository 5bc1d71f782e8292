import { NumberInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useBillingChanged } from "~/features/billing/model";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import type { Reminders } from "./model";

/** When what is overdue is reminded of, and when offers stop. */
export function RemindersDrawer({ known, onClose }: { known: Reminders; onClose: () => void }) {
  const { t } = useTranslation("subscriptions");
  const changed = useBillingChanged();
  const [days, setDays] = useState(known.reminder_days.join(", "));
  const [pause, setPause] = useState<number | null>(known.pause_days);
  const typed = days.split(/[\s,;]+/).filter((day) => day !== "");
  const isReady = pause !== null && typed.length > 0 && typed.every((day) => /^\d+$/.test(day));
  const save = useMutation({
    mutationFn: async () => {
      const body = { reminder_days: typed.map(Number), pause_days: pause ?? 0 };
      return bodyOf(await client.PUT("/v1/subscription-reminders", { body }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t("reminders.saved"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={t("reminders.title")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={isReady}
    >
      <TextInput
        label={t("reminders.days")}
        description={t("reminders.days_help")}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
        error={errors.reminder_days}
      />
      <NumberInput
        label={t("reminders.pause")}
        description={t("reminders.pause_help")}
        value={pause ?? ""}
        onChange={(value) => setPause(typeof value === "number" ? value : null)}
        error={errors.pause_days}
        allowDecimal={false}
        min={1}
        hideControls
      />
    </FormDrawer>
  );
}
