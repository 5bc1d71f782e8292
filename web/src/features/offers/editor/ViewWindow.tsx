import { Group, NumberInput, Select, Stack, Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OfferForm } from "./form";

const DAY_HOURS = 24;
const HOURS_MAX = 720;
type Unit = "hours" | "days";

function unitOf(hours: number): Unit {
  return hours > 0 && hours % DAY_HOURS === 0 ? "days" : "hours";
}

/** Whether a view earns where nothing stronger does, and for how long. */
export function ViewWindow({ form, disabled }: { form: OfferForm; disabled?: boolean }) {
  const { t } = useTranslation("offers");
  const hours = Number(form.values.view_to_conversion_hours);
  const [chosen, setChosen] = useState<Unit>(() => unitOf(hours));
  const unit = hours % DAY_HOURS === 0 ? chosen : "hours";
  const size = unit === "days" ? DAY_HOURS : 1;
  const set = (wanted: number) => form.setFieldValue("view_to_conversion_hours", Math.min(wanted, HOURS_MAX));
  return (
    <Stack gap="xs" mt="lg">
      <Switch
        label={t("rules.views")}
        description={t("rules.views_help")}
        checked={hours > 0}
        onChange={(event) => set(event.currentTarget.checked ? DAY_HOURS : 0)}
        error={form.errors.view_to_conversion_hours}
        disabled={disabled}
      />
      {hours > 0 && (
        <Group gap="xs" wrap="nowrap">
          <NumberInput
            aria-label={t("rules.views_window")}
            min={1}
            max={HOURS_MAX / size}
            allowDecimal={false}
            value={hours / size}
            onChange={(value) => set(Math.max(1, Number(value)) * size)}
            disabled={disabled}
          />
          <Select
            aria-label={t("rules.views_unit")}
            data={[
              { value: "hours", label: t("rules.hours") },
              { value: "days", label: t("rules.days") },
            ]}
            value={unit}
            onChange={(value) => {
              setChosen((value ?? "hours") as Unit);
              if (value === "days") set(Math.max(1, Math.round(hours / DAY_HOURS)) * DAY_HOURS);
            }}
            allowDeselect={false}
            disabled={disabled}
          />
        </Group>
      )}
    </Stack>
  );
}
