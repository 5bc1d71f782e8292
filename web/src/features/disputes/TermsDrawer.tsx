import { NumberInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { type DisputeTerms, termsQuery, useDisputesChanged } from "./model";

const DAYS_MAX = 365;

/** Until when partners may dispute, and by when they are answered. */
export function TermsDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("disputes");
  const changed = useDisputesChanged();
  const known = useQuery(termsQuery).data;
  const [edited, setEdited] = useState<Partial<DisputeTerms>>({});
  const terms = known && { ...known, ...edited };
  const save = useMutation({
    mutationFn: async () => bodyOf(await client.PUT("/v1/dispute-terms", { body: terms as DisputeTerms })),
    onSuccess: async () => {
      await changed();
      notifyDone(t("terms.saved"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  const days = (field: keyof DisputeTerms) => ({
    value: terms?.[field] ?? "",
    onChange: (value: string | number) =>
      setEdited({ ...edited, [field]: typeof value === "number" ? value : undefined }),
    error: errors[field],
    allowDecimal: false,
    min: 0,
    max: DAYS_MAX,
    hideControls: true,
  });
  return (
    <FormDrawer
      title={t("terms.title")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={terms?.dispute_days !== undefined && terms.answer_days !== undefined}
    >
      <NumberInput
        label={t("terms.dispute_days")}
        description={t("terms.dispute_days_help")}
        {...days("dispute_days")}
      />
      <NumberInput
        label={t("terms.answer_days")}
        description={t("terms.answer_days_help")}
        {...days("answer_days")}
      />
    </FormDrawer>
  );
}
