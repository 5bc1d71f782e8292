import { Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { startOfDay } from "~/features/conversions/days";
import { usePartnerOptions } from "~/features/conversions/options";
import { bodyOf } from "~/features/offers/model";
import type { Partner } from "~/features/partners/model";
import { usePartnerSaved } from "~/features/partners/partner/usePartnerSaved";
import { todayIn } from "~/ui/dates";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";

interface Props {
  partner: Partner;
  /** Of the one it has. */
  recruiterName: string | undefined;
  onClose: () => void;
}

/** Says who brought a partner, and since when that counts. */
export function RecruiterDrawer({ partner, recruiterName, onClose }: Props) {
  const { t } = useTranslation("recruitment");
  const { timezone } = useMe().workspace;
  const saved = usePartnerSaved();
  const { options, search } = usePartnerOptions();
  const [by, setBy] = useState<string | null>(partner.recruited_by ?? null);
  const [day, setDay] = useState("");
  const today = todayIn(timezone);
  const save = useMutation({
    mutationFn: async () => {
      const params = { path: { id: partner.id } };
      const since = by && day ? { recruited_at: startOfDay(day, timezone) } : {};
      const body = { recruited_by: by, ...since };
      return bodyOf(await client.PATCH("/v1/partners/{id}", { params, body }));
    },
    onSuccess: (after) => {
      saved(after);
      notifyDone(by ? t("was_set") : t("was_removed"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  const others = options.filter(({ value }) => value !== partner.id);
  const isListed = by === null || others.some(({ value }) => value === by);
  const listed = isListed ? others : [{ value: by, label: recruiterName ?? by }, ...others];
  return (
    <FormDrawer
      title={t("recruited_by")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
    >
      <Select
        label={t("recruiter")}
        description={t("recruiter_help")}
        data={listed}
        value={by}
        onChange={setBy}
        onSearchChange={search}
        error={errors.recruited_by}
        searchable
        clearable
      />
      {by && (
        <TextInput
          type="date"
          label={t("column.since")}
          description={t("since_help")}
          value={day}
          max={today}
          onChange={(event) => setDay(event.currentTarget.value)}
          error={errors.recruited_at}
        />
      )}
    </FormDrawer>
  );
}
