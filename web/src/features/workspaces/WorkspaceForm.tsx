import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "~/api/client";
import { meQuery } from "~/domain/person";
import { useWords } from "~/domain/words";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { notifyDone } from "~/ui/Toast";
import { useCurrencyOptions } from "./currencies";
import { zoneOptions } from "./zones";

export type Workspace = Schemas["WorkspaceOut"];

const CONSENTS = ["off", "required"] as const;

function valuesOf({
  name,
  timezone,
  reporting_currency,
  fallback_url,
  tag_consent,
  margin_floor,
  payee_change_wait_hours,
}: Workspace) {
  return {
    name,
    timezone,
    reporting_currency,
    fallback_url: fallback_url ?? "",
    tag_consent,
    margin_floor: margin_floor ?? "",
    payee_change_wait_hours,
  };
}

export function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation("workspaces");
  const { date } = useFormat();
  const word = useWords();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: valuesOf(workspace),
    validate: { name: (name) => (name.trim() ? null : t("set_up.needed")) },
  });
  const save = api.useMutation("patch", "/v1/workspace", {
    onSuccess: (changed) => {
      queries.setQueryData(api.queryOptions("get", "/v1/workspace").queryKey, changed);
      void queries.invalidateQueries({ queryKey: meQuery.queryKey });
      form.setInitialValues(valuesOf(changed));
      form.reset();
      notifyDone(t("settings.saved"));
    },
    onError: (thrown) => applyFieldErrors(form, thrown),
  });
  const currencies = useCurrencyOptions(form.values.reporting_currency);
  const zones = useMemo(() => zoneOptions(form.values.timezone), [form.values.timezone]);
  const send = ({ fallback_url, margin_floor, ...values }: typeof form.values) =>
    save.mutate({
      body: {
        ...values,
        name: values.name.trim(),
        fallback_url: fallback_url.trim() || null,
        margin_floor: margin_floor.trim().replace(",", ".") || null,
      },
    });
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      <Stack gap="md">
        <FormError error={save.error} />
        <TextInput
          label={t("name")}
          description={t("set_up.workspace_name_help")}
          required
          {...form.getInputProps("name")}
        />
        <Select
          label={t("timezone")}
          description={t("settings.timezone_help")}
          data={zones}
          searchable
          allowDeselect={false}
          limit={200}
          nothingFoundMessage={t("nothing_found")}
          required
          {...form.getInputProps("timezone")}
        />
        <Select
          label={t("currency")}
          description={t("settings.currency_help")}
          data={currencies}
          searchable
          allowDeselect={false}
          nothingFoundMessage={t("nothing_found")}
          required
          {...form.getInputProps("reporting_currency")}
        />
        <TextInput
          label={t("fallback")}
          description={t("settings.fallback_help")}
          placeholder="https://example.com/"
          inputMode="url"
          {...form.getInputProps("fallback_url")}
        />
        <Select
          label={t("consent")}
          description={t("settings.consent_help")}
          data={CONSENTS.map((value) => ({ value, label: word("tag_consent", value) }))}
          allowDeselect={false}
          {...form.getInputProps("tag_consent")}
        />
        <TextInput
          label={t("margin_floor")}
          description={t("settings.margin_floor_help")}
          inputMode="decimal"
          {...form.getInputProps("margin_floor")}
        />
        <NumberInput
          label={t("account_wait")}
          description={t("settings.account_wait_help")}
          min={0}
          max={720}
          allowDecimal={false}
          {...form.getInputProps("payee_change_wait_hours")}
        />
        <Group justify="space-between">
          <Text fz="sm" c="dimmed">
            {t("settings.made_on", { date: date(workspace.created_at) })}
          </Text>
          <Group gap="xs">
            {form.isDirty() && (
              <Button variant="default" onClick={form.reset} disabled={save.isPending}>
                {t("settings.undo")}
              </Button>
            )}
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t("settings.save")}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
