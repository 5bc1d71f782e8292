import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TargetingCondition } from "./model";

interface Props {
  condition: TargetingCondition;
  disabled?: boolean;
  onChange: (condition: TargetingCondition) => void;
}

/** The time zone in which days and hours are meant. */
export function ZoneSelect({ condition, disabled, onChange }: Props) {
  const { t } = useTranslation("targeting");
  const zone = condition.timezone ?? "UTC";
  const zones = [...new Set(["UTC", zone, ...Intl.supportedValuesOf("timeZone")])];
  return (
    <Select
      size="xs"
      w={220}
      label={t("editor.timezone")}
      data={zones}
      value={zone}
      onChange={(timezone) => timezone && onChange({ ...condition, timezone })}
      searchable
      allowDeselect={false}
      disabled={disabled}
    />
  );
}
