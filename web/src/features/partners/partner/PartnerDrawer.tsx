import { Select, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { useManagers } from "~/features/offers/queries";
import { FormDrawer } from "~/ui/FormDrawer";
import { applyFieldErrors } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import type { Partner } from "../model";
import { PartnerTraits } from "../PartnerTraits";
import { usePartners } from "../queries";
import { usePartnerSaved } from "./usePartnerSaved";

/** What a partner is called, where it belongs and who looks after it. */
export function PartnerDrawer({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const { t } = useTranslation("partners");
  const saved = usePartnerSaved();
  const managers = useManagers();
  const others = usePartners();
  const groups = [...new Set(others.rows.flatMap(({ group }) => (group ? [group] : [])))];
  const form = useForm({
    initialValues: {
      name: partner.name,
      email: partner.email,
      group: partner.group ?? "",
      tags: [...partner.tags],
      language: partner.language,
      country: partner.country ?? "",
      manager_id: partner.manager_id ?? null,
      trafficback_url: partner.trafficback_url ?? "",
      trafficback_verified: partner.trafficback_verified,
    },
  });
  const save = useMutation({
    mutationFn: async (typed: typeof form.values) => {
      const { trafficback_url: url, ...rest } = typed;
      const body = {
        ...rest,
        group: typed.group.trim() || null,
        country: typed.country.trim() || null,
        // A new address is unverified until said otherwise, so it is sent only when it differs.
        ...(url.trim() === (partner.trafficback_url ?? "") ? {} : { trafficback_url: url.trim() || null }),
      };
      return bodyOf(await client.PATCH("/v1/partners/{id}", { params: { path: { id: partner.id } }, body }));
    },
    onSuccess: (after) => {
      saved(after);
      notifyDone(t("edit.saved", { name: after.name }));
      onClose();
    },
    onError: (problem) => void applyFieldErrors(form, problem),
  });
  return (
    <FormDrawer
      title={t("edit.title", { name: partner.name })}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      error={save.error}
      isSaving={save.isPending}
    >
      <TextInput label={t("new.name")} required data-autofocus {...form.getInputProps("name")} />
      <TextInput type="email" label={t("new.email")} required {...form.getInputProps("email")} />
      <PartnerTraits groups={groups} inputOf={form.getInputProps} />
      <Select
        label={t("list.manager")}
        data={managers}
        clearable
        searchable
        {...form.getInputProps("manager_id")}
      />
      <TextInput
        type="url"
        label={t("edit.trafficback")}
        description={t("edit.trafficback_help")}
        placeholder="https://"
        {...form.getInputProps("trafficback_url")}
      />
      <Switch
        label={t("edit.trafficback_verified")}
        description={t("edit.trafficback_verified_help")}
        disabled={form.values.trafficback_url.trim() === ""}
        {...form.getInputProps("trafficback_verified", { type: "checkbox" })}
      />
    </FormDrawer>
  );
}
