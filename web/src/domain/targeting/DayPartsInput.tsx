import { ActionIcon, Button, Chip, Group, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import { type Day, type DayPart, dayPartText, readDayPart, WEEK } from "./dayPart";
import type { ValuesProps } from "./ValuesInput";
import { ZoneSelect } from "./ZoneSelect";

const SOME_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** Days and hours of a week, in a time zone. */
export function DayPartsInput({ condition, disabled, onChange }: ValuesProps) {
  const { t } = useTranslation("targeting");
  const put = (index: number, text: string | null) =>
    onChange({
      ...condition,
      values: condition.values.flatMap((one, at) => (at === index ? (text ?? []) : one)),
    });
  return (
    <Stack gap="sm">
      {condition.values.map((text, index) => (
        <PartRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a part has no name of its own
          key={index}
          part={readDayPart(text)}
          disabled={disabled}
          onChange={(part) => put(index, dayPartText(part))}
          onRemove={condition.values.length > 1 ? () => put(index, null) : undefined}
        />
      ))}
      <Group gap="sm" align="flex-end">
        {!disabled && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onChange({ ...condition, values: [...condition.values, "sat-sun 10:00-18:00"] })}
          >
            {t("editor.add_hours")}
          </Button>
        )}
        <ZoneSelect condition={condition} disabled={disabled} onChange={onChange} />
      </Group>
    </Stack>
  );
}

interface PartProps {
  part: DayPart;
  disabled?: boolean;
  onChange: (part: DayPart) => void;
  onRemove?: () => void;
}

function PartRow({ part, disabled, onChange, onRemove }: PartProps) {
  const { t } = useTranslation("targeting");
  const { language } = useFormat();
  const short = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  const days = (chosen: string[]) => {
    const kept = WEEK.filter((day) => chosen.includes(day));
    if (kept.length > 0) onChange({ ...part, days: kept as Day[] });
  };
  return (
    <Group gap="xs">
      <Chip.Group multiple value={part.days} onChange={days}>
        <Group gap={4}>
          {WEEK.map((day, index) => (
            <Chip key={day} value={day} size="xs" disabled={disabled}>
              {short.format(SOME_MONDAY + index * DAY_MS)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <TextInput
        type="time"
        size="xs"
        aria-label={t("editor.from")}
        value={part.from}
        onChange={(event) =>
          event.currentTarget.value && onChange({ ...part, from: event.currentTarget.value })
        }
        disabled={disabled}
      />
      <TextInput
        type="time"
        size="xs"
        aria-label={t("editor.to")}
        value={part.to === "24:00" ? "00:00" : part.to}
        onChange={(event) =>
          event.currentTarget.value && onChange({ ...part, to: endOf(event.currentTarget.value) })
        }
        disabled={disabled}
      />
      {onRemove && !disabled && (
        <ActionIcon variant="subtle" color="gray" aria-label={t("editor.remove_hours")} onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}

/** Midnight as an end is the end of the day. */
function endOf(time: string): string {
  return time === "00:00" ? "24:00" : time;
}
