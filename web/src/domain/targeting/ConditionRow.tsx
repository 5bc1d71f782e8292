import { ActionIcon, Group, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { matchesOf, type TargetingCondition, type TargetingMatch } from "./model";
import classes from "./targeting.module.css";
import { ValuesInput } from "./ValuesInput";

interface Props {
  condition: TargetingCondition;
  error?: string;
  disabled?: boolean;
  onChange: (condition: TargetingCondition) => void;
  onRemove: () => void;
}

/** One condition: whether it takes or keeps out, what it looks at, and which values are meant. */
export function ConditionRow({ condition, error, disabled, onChange, onRemove }: Props) {
  const { t } = useTranslation("targeting");
  const word = useWords();
  const title = useId();
  const name = word("targeting_field", condition.field);
  const matches = matchesOf(condition.field);
  return (
    <fieldset className={classes.condition} aria-labelledby={title} disabled={disabled}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Text id={title} fw={600}>
            {name}
          </Text>
          <SegmentedControl
            size="xs"
            aria-label={t("editor.mode_of", { field: name })}
            data={(["include", "exclude"] as const).map((mode) => ({
              value: mode,
              label: word("targeting_mode", mode),
            }))}
            value={condition.mode}
            onChange={(mode) => onChange({ ...condition, mode: mode as TargetingCondition["mode"] })}
            disabled={disabled}
          />
          {matches.length > 1 && (
            <Select
              size="xs"
              w={180}
              aria-label={t("editor.match_of", { field: name })}
              data={matches.map((match) => ({ value: match, label: word("targeting_match", match) }))}
              value={condition.match ?? matches[0]}
              allowDeselect={false}
              onChange={(match) => onChange({ ...condition, match: match as TargetingMatch })}
              disabled={disabled}
            />
          )}
        </Group>
        {!disabled && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("editor.remove", { field: name })}
            onClick={onRemove}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      <Stack gap={4} mt="xs">
        <ValuesInput condition={condition} label={name} disabled={disabled} onChange={onChange} />
        {error && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {error}
          </Text>
        )}
      </Stack>
    </fieldset>
  );
}
