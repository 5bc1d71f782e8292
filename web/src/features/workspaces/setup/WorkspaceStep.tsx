import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { FormError } from "~/ui/FormError";
import { useCurrencyOptions } from "../currencies";
import { zoneOptions } from "../zones";
import type { SetUp } from "./useSetUp";

export function WorkspaceStep({ setUp, onBack }: { setUp: SetUp; onBack: () => void }) {
  const { t } = useTranslation("workspaces");
  const { workspace, make } = setUp;
  const currencies = useCurrencyOptions(workspace.values.reporting_currency);
  const zones = useMemo(() => zoneOptions(workspace.values.timezone), [workspace.values.timezone]);
  return (
    <form noValidate onSubmit={workspace.onSubmit(() => make.mutate())}>
      <Stack gap="md">
        <FormError error={make.error} />
        <TextInput
          label={t("name")}
          description={t("set_up.workspace_name_help")}
          required
          autoFocus
          {...workspace.getInputProps("workspace_name")}
        />
        <Select
          label={t("currency")}
          description={t("currency_help")}
          data={currencies}
          searchable
          allowDeselect={false}
          nothingFoundMessage={t("nothing_found")}
          required
          {...workspace.getInputProps("reporting_currency")}
        />
        <Select
          label={t("timezone")}
          description={t("set_up.timezone_help")}
          data={zones}
          searchable
          allowDeselect={false}
          nothingFoundMessage={t("nothing_found")}
          required
          limit={200}
          {...workspace.getInputProps("timezone")}
        />
        <Group grow>
          <Button variant="default" size="md" onClick={onBack}>
            {t("set_up.back")}
          </Button>
          <Button type="submit" size="md" loading={make.isPending}>
            {t("set_up.make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
