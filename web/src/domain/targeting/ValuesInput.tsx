import { MultiSelect, TagsInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords, type WordList } from "~/domain/words";
import { COUNTRY_CODES } from "./countryCodes";
import { DayPartsInput } from "./DayPartsInput";
import { CLOSED, type TargetingCondition, type TargetingField } from "./model";
import { ScheduleInput } from "./ScheduleInput";

export interface ValuesProps {
  condition: TargetingCondition;
  label: string;
  disabled?: boolean;
  onChange: (condition: TargetingCondition) => void;
}

const LISTS: Partial<Record<TargetingField, WordList>> = {
  device: "device",
  connection: "connection",
  proxy: "proxy_kind",
};

/** The values of a condition, as its field is best typed. */
export function ValuesInput(props: ValuesProps) {
  const { field } = props.condition;
  if (field === "day_part") return <DayPartsInput {...props} />;
  if (field === "schedule") return <ScheduleInput {...props} />;
  if (field === "country") return <Countries {...props} />;
  return LISTS[field] ? <OneOfList {...props} list={LISTS[field]} /> : <Texts {...props} />;
}

function Countries({ condition, label, disabled, onChange }: ValuesProps) {
  const { i18n } = useTranslation();
  const names = new Intl.DisplayNames([i18n.language], { type: "region", fallback: "code" });
  const data = COUNTRY_CODES.map((code) => ({ value: code, label: names.of(code) ?? code }));
  data.sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  return (
    <MultiSelect
      aria-label={label}
      data={data}
      value={condition.values}
      onChange={(values) => onChange({ ...condition, values })}
      searchable
      hidePickedOptions
      disabled={disabled}
    />
  );
}

function OneOfList({ condition, label, disabled, onChange, list }: ValuesProps & { list: WordList }) {
  const word = useWords();
  const data = (CLOSED[condition.field] ?? []).map((value) => ({ value, label: word(list, value) }));
  return (
    <MultiSelect
      aria-label={label}
      data={data}
      value={condition.values}
      onChange={(values) => onChange({ ...condition, values })}
      disabled={disabled}
    />
  );
}

const EXAMPLES: Partial<Record<TargetingField, Partial<Record<string, string>>>> = {
  region: { exact: "PL-14", pattern: "Maz*" },
  city: { exact: "Warsaw", pattern: "War*" },
  language: { exact: "pl" },
  brand: { exact: "Apple", pattern: "Sam*" },
  os: { exact: "Android", pattern: "Win*" },
  os_version: { exact: "iOS 17.5", range: "Android 12..14" },
  browser: { exact: "Chrome", pattern: "*Mobile" },
  browser_version: { exact: "Chrome 131", range: "Safari 15.." },
  asn: { exact: "AS13335", range: "64512..65534" },
  network_owner: { exact: "Orange Polska", pattern: "*Hosting*" },
  referrer: { exact: "blog.example", pattern: "*.blog.example" },
};
const OTHER_EXAMPLES: Record<string, string> = { exact: "site-42", pattern: "site-*", range: "100..199" };

function Texts({ condition, label, disabled, onChange }: ValuesProps) {
  const { t } = useTranslation("targeting");
  const match = condition.match ?? "exact";
  const example = EXAMPLES[condition.field]?.[match] ?? OTHER_EXAMPLES[match] ?? "";
  return (
    <TagsInput
      aria-label={label}
      description={disabled ? undefined : t("editor.values_help", { example })}
      value={condition.values}
      onChange={(values) => onChange({ ...condition, values })}
      splitChars={[",", ";", "\n", "\t"]}
      acceptValueOnBlur
      disabled={disabled}
    />
  );
}
