import { Group, NumberInput, Select, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMetrics } from "~/domain/metrics";
import { useMe } from "~/domain/person";
import { useDictionary } from "~/domain/report";
import { useWords } from "~/domain/words";
import { Filters } from "~/features/reports/report/Filters";
import { MoneyInput, PercentInput } from "~/ui/FigureInputs";
import { TEST_KINDS, type TestKind } from "./model";
import type { RuleForm } from "./ruleForm";

const WINDOWS_HOURS = [1, 3, 6, 12, 24, 48, 72, 168, 336, 720];
/** What is usual is known of a week at most. */
const SEASON_HOURS_MAX = 168;
const SIDES = ["low", "high", "either"] as const;
/** Millionths of a ratio in a per cent, and of the currency's unit in one. */
const [PER_CENT, UNIT] = [10_000, 1_000_000];

interface Props {
  form: RuleForm;
  onChange: (patch: Partial<RuleForm>) => void;
  errors: Record<string, string | undefined>;
}

/** What a rule looks at: a metric, when it is worth a word, over which hours, of whom. */
export function WatchFields({ form, onChange, errors }: Props) {
  const { t } = useTranslation("alerts");
  const word = useWords();
  const metrics = useMetrics();
  const dictionary = useDictionary();
  const chosen = dictionary?.metrics.find(({ name }) => name === form.metric);
  const isSum = chosen?.unit === "count" || chosen?.unit === "minor";
  const knowsUsual = isSum && chosen.adds_up;
  const known = (dictionary?.metrics ?? []).map(({ name }) => ({ value: name, label: metrics.name(name) }));
  const dimensions = (dictionary?.dimensions ?? []).filter(({ type }) => type !== "date" && type !== "time");
  const names = dimensions
    .map(({ name }) => name)
    .filter((name) => !["hour_of_day", "weekday"].includes(name));
  const kinds: Record<TestKind, string> = {
    above: t("kind.above"),
    below: t("kind.below"),
    rises: t("kind.rises"),
    falls: t("kind.falls"),
    unusual: t("kind.unusual"),
  };
  const windows = WINDOWS_HOURS.filter((hours) => form.kind !== "unusual" || hours <= SEASON_HOURS_MAX);
  return (
    <Stack gap="md">
      <Group grow align="start">
        <Select
          label={t("field.metric")}
          searchable
          allowDeselect={false}
          data={known}
          value={form.metric}
          onChange={(metric) => onChange({ metric: metric ?? form.metric, limit: null })}
          error={errors["watch.metric"]}
        />
        <Select
          label={t("field.kind")}
          allowDeselect={false}
          data={TEST_KINDS.map((kind) => ({
            value: kind,
            label: kinds[kind],
            disabled: kind === "unusual" && !knowsUsual,
          }))}
          value={form.kind}
          onChange={(kind) => onChange({ kind: (kind ?? form.kind) as TestKind })}
        />
      </Group>
      <TestFields
        form={form}
        onChange={onChange}
        errors={errors}
        unit={chosen?.unit ?? "count"}
        metrics={known}
      />
      <Group grow align="start">
        <Select
          label={t("field.window")}
          allowDeselect={false}
          data={windows.map((hours) => ({ value: String(hours), label: t("test.hours", { count: hours }) }))}
          value={String(form.window_hours)}
          onChange={(hours) => onChange({ window_hours: Number(hours) })}
          error={errors["watch.window_hours"]}
        />
        <Select
          label={t("field.each")}
          placeholder={t("whole")}
          searchable
          clearable
          data={names.map((name) => ({ value: name, label: word("dimension", name) }))}
          value={form.each}
          onChange={(each) => onChange({ each })}
          error={errors["watch.each"]}
        />
      </Group>
      <NumberInput
        label={t("field.at_least")}
        description={isSum ? t("field.at_least_sum") : t("field.at_least_ratio")}
        value={form.at_least ?? ""}
        onChange={(count) => onChange({ at_least: typeof count === "number" ? count : null })}
        error={errors["watch.at_least"]}
        allowDecimal={false}
        min={0}
        hideControls
      />
      <Filters
        known={names}
        labels={{}}
        filters={form.filters}
        onChange={(filters) => onChange({ filters })}
      />
    </Stack>
  );
}

interface TestProps extends Props {
  unit: string;
  metrics: { value: string; label: string }[];
}

function TestFields({ form, onChange, errors, unit, metrics }: TestProps) {
  const { t } = useTranslation("alerts");
  if (form.kind === "above" || form.kind === "below")
    return <Limit form={form} onChange={onChange} unit={unit} />;
  const sides: Record<RuleForm["side"], string> = {
    low: t("side.low"),
    high: t("side.high"),
    either: t("side.either"),
  };
  if (form.kind === "unusual")
    return (
      <Group grow align="start">
        <Select
          label={t("field.side")}
          allowDeselect={false}
          data={SIDES.map((side) => ({ value: side, label: sides[side] }))}
          value={form.side}
          onChange={(side) => onChange({ side: (side ?? form.side) as RuleForm["side"] })}
        />
        <NumberInput
          label={t("field.false_alarm_days")}
          description={t("field.false_alarm_help")}
          value={form.false_alarm_days ?? ""}
          onChange={(days) => onChange({ false_alarm_days: typeof days === "number" ? days : null })}
          error={errors["watch.test.false_alarm_days"]}
          allowDecimal={false}
          min={1}
          max={3_650}
          hideControls
        />
      </Group>
    );
  return (
    <Group grow align="start">
      <PercentInput
        label={t("field.per_cent")}
        digits={0}
        value={form.per_cent}
        onChange={(per_cent) => onChange({ per_cent })}
        error={errors["watch.test.per_cent"]}
      />
      <Select
        label={t("field.unless")}
        description={form.kind === "rises" ? t("field.unless_rises") : t("field.unless_falls")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        searchable
        clearable
        data={metrics}
        value={form.unless}
        onChange={(unless) => onChange({ unless })}
      />
    </Group>
  );
}

function Limit({ form, onChange, unit }: Pick<TestProps, "form" | "onChange" | "unit">) {
  const { t } = useTranslation("alerts");
  const currency = useMe().workspace.reporting_currency;
  const set = (limit: number | null) => onChange({ limit });
  const label = t("field.limit");
  if (unit === "minor")
    return <MoneyInput label={label} currency={currency} value={form.limit} onChange={set} allowNegative />;
  if (unit === "ratio")
    return (
      <PercentInput
        label={label}
        value={form.limit === null ? null : form.limit / PER_CENT}
        onChange={(percent) => set(percent === null ? null : Math.round(percent * PER_CENT))}
        allowNegative
      />
    );
  const scale = unit === "micros" ? UNIT : 1;
  return (
    <NumberInput
      label={label}
      value={form.limit === null ? "" : form.limit / scale}
      onChange={(count) => set(typeof count === "number" ? Math.round(count * scale) : null)}
      decimalScale={unit === "micros" ? 6 : 0}
      rightSection={unit === "micros" ? <span aria-hidden>{currency}</span> : undefined}
      rightSectionWidth={unit === "micros" ? 52 : undefined}
      hideControls
    />
  );
}
