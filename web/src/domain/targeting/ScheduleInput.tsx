import { Group, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ValuesProps } from "./ValuesInput";
import { ZoneSelect } from "./ZoneSelect";

/** From a day to a day, both included; either may be left open. */
export function ScheduleInput({ condition, disabled, onChange }: ValuesProps) {
  const { t } = useTranslation("targeting");
  const [from = "", to = ""] = (condition.values[0] ?? "").split("..");
  const put = (first: string, last: string) =>
    onChange({ ...condition, values: first || last ? [`${first}..${last}`] : [] });
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        type={typeOf(from)}
        label={t("editor.first_day")}
        value={from}
        onChange={(event) => put(event.currentTarget.value, to)}
        disabled={disabled}
      />
      <TextInput
        type={typeOf(to)}
        label={t("editor.last_day")}
        value={to}
        onChange={(event) => put(from, event.currentTarget.value)}
        disabled={disabled}
      />
      <ZoneSelect condition={condition} disabled={disabled} onChange={onChange} />
    </Group>
  );
}

/** A moment that came by the API stays a text, so that opening the form does not change it. */
function typeOf(text: string): "date" | "text" {
  return text === "" || /^\d{4}-\d\d-\d\d$/.test(text) ? "date" : "text";
}
