import { Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { useBonusesChanged } from "./model";

/** Freezes the statements of a month that is over. */
export function CloseBonusesDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("manager_bonuses");
  const changed = useBonusesChanged();
  const [month, setMonth] = useState("");
  const close = useMutation({
    mutationFn: async () => bodyOf(await client.POST("/v1/manager-bonuses/close", { body: { month } })),
    onSuccess: async () => {
      await changed();
      notifyDone(t("was_closed"));
      onClose();
    },
  });
  return (
    <FormDrawer
      title={t("close")}
      onClose={onClose}
      onSubmit={() => close.mutate()}
      error={close.error}
      isSaving={close.isPending}
      isReady={month !== ""}
      submitLabel={t("close")}
    >
      <Text size="sm" c="dimmed">
        {t("close_text")}
      </Text>
      <TextInput
        type="month"
        label={t("field.month")}
        value={month}
        onChange={(event) => setMonth(event.currentTarget.value)}
        error={fieldErrors(close.error).month}
        required
      />
    </FormDrawer>
  );
}
