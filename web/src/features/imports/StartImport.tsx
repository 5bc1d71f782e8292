import { Button, Group, Modal, Select, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { useCurrencyOptions } from "~/features/workspaces/currencies";
import { zoneOptions } from "~/features/workspaces/zones";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { PLATFORMS, useImportsChanged } from "./model";

interface Props {
  onClose: () => void;
  onBegun: (id: string) => void;
}

/** From where, and what holds for all of its files. */
export function StartImport({ onClose, onBegun }: Props) {
  const { t } = useTranslation("imports");
  const word = useWords();
  const { workspace } = useMe();
  const changed = useImportsChanged();
  const form = useForm({
    initialValues: {
      platform: "tune" as (typeof PLATFORMS)[number],
      system: "",
      timezone: workspace.timezone,
      currency: workspace.reporting_currency,
      postbacks_without_token: false,
    },
  });
  const begin = api.useMutation("post", "/v1/imports", {
    onSuccess: async (begun) => {
      await changed();
      onBegun(begun.id);
    },
    onError: (thrown) => applyFieldErrors(form, thrown),
  });
  const { platform, system, timezone, currency } = form.values;
  const currencies = useCurrencyOptions(currency);
  const zones = useMemo(() => zoneOptions(timezone), [timezone]);
  const send = (values: typeof form.values) =>
    begin.mutate({ body: { ...values, system: platform === "other" ? system.trim() || null : null } });
  const choice = { allowDeselect: false, nothingFoundMessage: t("nothing_found") };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("start")}
      closeButtonProps={{ "aria-label": t("close"), size: 36 }}
    >
      <form noValidate onSubmit={form.onSubmit(send)}>
        <Stack gap="md">
          <FormError error={begin.error} />
          <Select
            label={t("platform")}
            data={PLATFORMS.map((code) => ({ value: code, label: word("import_platform", code) }))}
            {...choice}
            {...form.getInputProps("platform")}
          />
          {platform === "other" && (
            <TextInput
              label={t("system")}
              description={t("system_help")}
              autoCapitalize="none"
              {...form.getInputProps("system")}
            />
          )}
          <Select
            label={t("timezone")}
            description={t("timezone_help")}
            data={zones}
            searchable
            limit={200}
            {...choice}
            {...form.getInputProps("timezone")}
          />
          <Select
            label={t("currency")}
            description={t("currency_help")}
            data={currencies}
            searchable
            {...choice}
            {...form.getInputProps("currency")}
          />
          <Switch
            label={t("without_token")}
            description={t("without_token_help")}
            {...form.getInputProps("postbacks_without_token", { type: "checkbox" })}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={begin.isPending}>
              {t("begin")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
