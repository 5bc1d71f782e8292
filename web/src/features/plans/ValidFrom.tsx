import { Group, Radio, Stack } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { useTranslation } from "react-i18next";
import { addDays, todayIn } from "~/ui/dates";
import { useFormat } from "~/ui/format";

interface Props {
  /** The first day of the new rate; absent for "from now on". */
  day: string | null;
  onChange: (day: string | null) => void;
  error?: string;
}

/** From when a new rate holds. */
export function ValidFrom({ day, onChange, error }: Props) {
  const { t } = useTranslation("plans");
  const { timezone, language } = useFormat();
  const tomorrow = addDays(todayIn(timezone), 1);
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t("from.label")}
        description={t("from.hint")}
        value={day === null ? "now" : "date"}
        onChange={(when) => onChange(when === "now" ? null : tomorrow)}
      >
        <Group mt="xs">
          <Radio value="now" label={t("from.now")} />
          <Radio value="date" label={t("from.date")} />
        </Group>
      </Radio.Group>
      {day !== null && (
        <DatePickerInput
          label={t("from.day")}
          value={day}
          onChange={(chosen) => onChange(chosen ?? tomorrow)}
          minDate={tomorrow}
          locale={language}
          error={error}
        />
      )}
    </Stack>
  );
}
