import { Button, Group, Select, Stack, Switch, TagsInput, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { UnsavedGuard } from "~/features/offers/editor/UnsavedGuard";
import { bodyOf } from "~/features/offers/model";
import { useManagers } from "~/features/offers/queries";
import { zoneOptions } from "~/features/workspaces/zones";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import { type Advertiser, useAdvertiserSaved } from "../queries";
import { changedWords, type StatusMap } from "../statusMap";
import { StatusMapEditor } from "./StatusMapEditor";

const TRUSTS = ["click_id", "token", "ip_list", "api_key", "signature"] as const;

interface Props {
  /** Absent for one to be. */
  advertiser: Advertiser | null;
  disabled?: boolean;
  onSaved?: (advertiser: Advertiser) => void;
}

/** What an advertiser is called and how it reports: proof asked, addresses, words for a conversion's fate. */
export function AdvertiserForm({ advertiser, disabled, onSaved }: Props) {
  const { t } = useTranslation("advertisers");
  const word = useWords();
  const workspace = useMe().workspace;
  const managers = useManagers();
  const saved = useAdvertiserSaved();
  const known: StatusMap = advertiser?.status_map ?? {};
  const form = useForm({
    initialValues: {
      name: advertiser?.name ?? "",
      manager_id: advertiser?.manager_id ?? null,
      timezone: advertiser?.timezone ?? null,
      min_trust: advertiser?.min_trust ?? "token",
      accepts_pixel: advertiser?.accepts_pixel ?? true,
      ip_allow_list: [...(advertiser?.ip_allow_list ?? [])],
      status_map: known,
    },
    validate: { name: (name) => (name.trim() ? null : t("form.needed")) },
  });
  const save = useMutation({
    mutationFn: async ({ status_map, ...typed }: typeof form.values) => {
      const body = { ...typed, name: typed.name.trim(), status_map: changedWords(known, status_map) };
      if (!advertiser) return bodyOf(await client.POST("/v1/advertisers", { body }));
      return bodyOf(
        await client.PATCH("/v1/advertisers/{id}", { params: { path: { id: advertiser.id } }, body }),
      );
    },
    onSuccess: (after) => {
      saved(after);
      form.resetDirty();
      notifyDone(t("form.saved", { name: after.name }));
      onSaved?.(after);
    },
    onError: (problem) => void applyFieldErrors(form, problem),
  });
  const listError = Object.entries(form.errors).find(([path]) => path.startsWith("ip_allow_list"))?.[1];
  return (
    <form noValidate onSubmit={form.onSubmit((typed) => save.mutate(typed))}>
      <UnsavedGuard when={form.isDirty() && !disabled && !save.isSuccess} />
      <Stack gap="md">
        <FormError error={save.error} />
        <TextInput label={t("form.name")} required disabled={disabled} {...form.getInputProps("name")} />
        <Select
          label={t("list.manager")}
          data={managers}
          clearable
          searchable
          disabled={disabled}
          {...form.getInputProps("manager_id")}
        />
        <Select
          label={t("form.timezone")}
          placeholder={t("form.timezone_usual", { zone: workspace.timezone })}
          data={zoneOptions(form.values.timezone ?? workspace.timezone)}
          clearable
          searchable
          limit={60}
          disabled={disabled}
          {...form.getInputProps("timezone")}
        />
        <Title order={3}>{t("form.proof")}</Title>
        <Select
          label={t("form.trust")}
          description={t("form.trust_help")}
          data={TRUSTS.map((trust) => ({ value: trust, label: word("receipt_trust", trust) }))}
          allowDeselect={false}
          disabled={disabled}
          {...form.getInputProps("min_trust")}
        />
        <Switch
          label={t("form.pixel")}
          description={t("form.pixel_help")}
          disabled={disabled}
          {...form.getInputProps("accepts_pixel", { type: "checkbox" })}
        />
        <TagsInput
          label={t("form.addresses")}
          description={t("form.addresses_help")}
          placeholder="203.0.113.0/24"
          acceptValueOnBlur
          disabled={disabled}
          {...form.getInputProps("ip_allow_list")}
          error={listError}
        />
        {advertiser && (
          <StatusMapEditor
            map={form.values.status_map}
            onChange={(status_map) => form.setFieldValue("status_map", status_map)}
            disabled={disabled}
            error={form.errors.status_map}
          />
        )}
        {!disabled && (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {advertiser ? t("form.save") : t("form.create")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
