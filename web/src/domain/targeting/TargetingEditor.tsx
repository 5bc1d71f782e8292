import { Button, Menu, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { ConditionRow } from "./ConditionRow";
import { FIELD_GROUPS, newCondition, type TargetingCondition } from "./model";
import { TargetingSummary } from "./TargetingSummary";

/** As many as the API takes. */
const CONDITIONS_MAX = 50;
const GROUPS = Object.keys(FIELD_GROUPS) as (keyof typeof FIELD_GROUPS)[];

interface Props {
  value: readonly TargetingCondition[];
  onChange: (conditions: TargetingCondition[]) => void;
  /** By the paths of the API, such as `targeting.0.values.1`. */
  errors: Readonly<Record<string, unknown>>;
  disabled?: boolean;
}

/** Conditions of an offer or a link, with what they mean in plain words above. */
export function TargetingEditor({ value, onChange, errors, disabled }: Props) {
  const { t } = useTranslation("targeting");
  const word = useWords();
  const { timezone } = useFormat();
  const put = (index: number, condition: TargetingCondition | null) =>
    onChange(value.flatMap((one, at) => (at === index ? (condition ?? []) : one)));
  return (
    <Stack gap="md">
      <TargetingSummary conditions={value} />
      {value.map((condition, index) => (
        <ConditionRow
          // A condition has no name of its own, and its place is what errors name.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={index}
          condition={condition}
          error={errorAt(errors, index)}
          disabled={disabled}
          onChange={(changed) => put(index, changed)}
          onRemove={() => put(index, null)}
        />
      ))}
      {!disabled && value.length < CONDITIONS_MAX && (
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} w="fit-content">
              {t("editor.add")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
            {GROUPS.flatMap((group) => [
              <Menu.Label key={group}>{word("targeting_group", group)}</Menu.Label>,
              ...FIELD_GROUPS[group].map((field) => (
                <Menu.Item key={field} onClick={() => onChange([...value, newCondition(field, timezone)])}>
                  {word("targeting_field", field)}
                </Menu.Item>
              )),
            ])}
          </Menu.Dropdown>
        </Menu>
      )}
    </Stack>
  );
}

function errorAt(errors: Readonly<Record<string, unknown>>, index: number): string | undefined {
  const found = Object.entries(errors).find(([path]) => path.startsWith(`targeting.${index}.`));
  return typeof found?.[1] === "string" ? found[1] : undefined;
}
