import { Stack, TagsInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FieldProps } from "./ConditionField";

const SUBS = ["1", "2", "3", "4", "5"];

/** Values of sub ids: those that are set, and the first few. */
export function SubsField({ conditions, onChange }: FieldProps & { label: string }) {
  const { t } = useTranslation("plan_editor");
  const subs = conditions.subs ?? {};
  const numbers = [...new Set([...SUBS, ...Object.keys(subs)])];
  const set = (number: string, values: string[]) => {
    const { [number]: _, ...others } = subs;
    onChange({ subs: values.length > 0 ? { ...others, [number]: values } : others });
  };
  return (
    <Stack gap="xs">
      {numbers.map((number) => (
        <TagsInput
          key={number}
          label={t("condition.sub", { number })}
          value={subs[number] ?? []}
          onChange={(values) => set(number, values)}
          splitChars={[",", ";", "\n", "\t"]}
          acceptValueOnBlur
        />
      ))}
    </Stack>
  );
}
