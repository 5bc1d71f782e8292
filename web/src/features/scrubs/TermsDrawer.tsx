import { NumberInput, Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { SkeletonBlock } from "~/ui/Skeletons";
import { notifyDone } from "~/ui/Toast";
import { type ScrubTerms, termsQuery, useScrubsChanged } from "./model";
import { useScrubWords } from "./useScrubWords";

const DAYS_MAX = 365;

interface Props {
  advertiserId: string;
  onClose: () => void;
}

/** Until when an advertiser may ask, and partners appeal. */
export function TermsDrawer({ advertiserId, onClose }: Props) {
  const { t } = useTranslation("scrubs");
  const words = useScrubWords();
  const changed = useScrubsChanged();
  const known = useQuery(termsQuery(advertiserId)).data;
  const [edited, setEdited] = useState<Partial<ScrubTerms>>({});
  const terms = known && { ...known, ...edited };
  const save = useMutation({
    mutationFn: async () => {
      const params = { path: { id: advertiserId } };
      const body = terms as ScrubTerms;
      return bodyOf(await client.PUT("/v1/advertisers/{id}/scrub-terms", { params, body }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t("terms.saved"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  const days = (field: "scrub_days" | "appeal_days") => ({
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
      isReady={terms?.scrub_days !== undefined && terms.appeal_days !== undefined}
    >
      {terms ? (
        <>
          <NumberInput
            label={t("terms.scrub_days")}
            description={t("terms.scrub_days_help")}
            {...days("scrub_days")}
          />
          <Select
            label={t("terms.counted_from")}
            data={(["approval", "period_end"] as const).map((code) => ({
              value: code,
              label: words.counted[code],
            }))}
            value={terms.counted_from}
            onChange={(code) =>
              code && setEdited({ ...edited, counted_from: code as ScrubTerms["counted_from"] })
            }
            allowDeselect={false}
          />
          <NumberInput
            label={t("terms.appeal_days")}
            description={t("terms.appeal_days_help")}
            {...days("appeal_days")}
          />
        </>
      ) : (
        <SkeletonBlock height={200} />
      )}
    </FormDrawer>
  );
}
