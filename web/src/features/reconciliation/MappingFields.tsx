import {
  Autocomplete,
  Fieldset,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CurrencyInput } from "~/features/billing/CurrencyInput";
import {
  type ColumnName,
  columnsFor,
  type FiguresKind,
  guessed,
  kindOf,
  lacking,
  type Mapping,
  ROW_COLUMNS,
  TOTAL_COLUMNS,
} from "./mapping";
import { type Sheet, wordsOf } from "./sheet";
import { WordFields } from "./WordFields";

interface Props {
  mapping: Mapping;
  /** The file's own columns, once it is chosen. */
  sheet: Sheet | undefined;
  onChange: (mapping: Mapping) => void;
}

/** What the columns, words, dates and amounts of an advertiser's files mean. */
export function MappingFields({ mapping, sheet, onChange }: Props) {
  const { t } = useTranslation("reconciliation");
  const kind = kindOf(mapping);
  const setKind = (chosen: FiguresKind) => {
    const cleared = columnsFor(chosen, { ...mapping.columns, count: null });
    onChange({ ...mapping, columns: sheet ? guessed(chosen, cleared, sheet) : cleared });
  };
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label={t("column.kind")}
        data={[
          { value: "rows", label: t("kind.rows") },
          { value: "totals", label: t("kind.totals") },
        ]}
        value={kind}
        onChange={(chosen) => setKind(chosen as FiguresKind)}
      />
      <ColumnFields mapping={mapping} sheet={sheet} onChange={onChange} />
      {kind === "rows" && (
        <WordFields
          words={mapping.words ?? {}}
          found={wordsOf(sheet, mapping.columns.status)}
          onChange={(words) => onChange({ ...mapping, words })}
        />
      )}
      <ReadingFields mapping={mapping} onChange={onChange} />
    </Stack>
  );
}

function useColumnWords(): Record<ColumnName, string> {
  const { t } = useTranslation("reconciliation");
  return {
    click: t("field.click"),
    order: t("field.order"),
    customer: t("field.customer"),
    status: t("field.status"),
    amount: t("field.amount"),
    currency: t("field.currency"),
    date: t("field.date"),
    offer: t("field.offer"),
    country: t("field.country"),
    source: t("field.source"),
    count: t("field.count"),
  };
}

function ColumnFields({ mapping, sheet, onChange }: Props) {
  const { t } = useTranslation("reconciliation");
  const words = useColumnWords();
  const names: readonly ColumnName[] = kindOf(mapping) === "rows" ? ROW_COLUMNS : TOTAL_COLUMNS;
  const absent = lacking(mapping.columns, sheet);
  const put = (name: ColumnName, column: string) =>
    onChange({
      ...mapping,
      columns: { ...mapping.columns, [name]: name === "count" ? column : column || null },
    });
  return (
    <Fieldset legend={t("mapping.columns")}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {names.map((name) => (
          <Autocomplete
            key={name}
            label={words[name]}
            placeholder={t("mapping.no_column")}
            data={[...new Set(sheet?.header.filter(Boolean) ?? [])]}
            filter={({ options }) => options}
            value={mapping.columns[name] ?? ""}
            onChange={(column) => put(name, column)}
            error={absent.includes(name) ? t("mapping.absent") : undefined}
            translate="no"
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
}

const FORMS = ["year_first", "day_first", "month_first", "unix_seconds"] as const;
const BASES = ["event", "click", "decided"] as const;

function ReadingFields({ mapping, onChange }: Omit<Props, "sheet">) {
  const { t } = useTranslation("reconciliation");
  const put = (change: Partial<Mapping>) => onChange({ ...mapping, ...change });
  const zones = [...new Set(["UTC", mapping.time_zone, ...Intl.supportedValuesOf("timeZone")])];
  const forms = {
    year_first: t("form.year_first"),
    day_first: t("form.day_first"),
    month_first: t("form.month_first"),
    unix_seconds: t("form.unix_seconds"),
  };
  const bases = { event: t("basis.event"), click: t("basis.click"), decided: t("basis.decided") };
  return (
    <Fieldset legend={t("mapping.reading")}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" style={{ alignItems: "start" }}>
        <Select
          label={t("reading.time_zone")}
          description={t("reading.time_zone_help")}
          data={zones}
          value={mapping.time_zone}
          onChange={(zone) => zone && put({ time_zone: zone })}
          searchable
          allowDeselect={false}
        />
        <Select
          label={t("reading.date_basis")}
          description={t("reading.date_basis_help")}
          data={BASES.map((code) => ({ value: code, label: bases[code] }))}
          value={mapping.date_basis ?? "event"}
          onChange={(code) => put({ date_basis: code as Mapping["date_basis"] })}
          allowDeselect={false}
        />
        <Select
          label={t("reading.date_form")}
          data={FORMS.map((code) => ({ value: code, label: forms[code] }))}
          value={mapping.date_form ?? "year_first"}
          onChange={(code) => put({ date_form: code as Mapping["date_form"] })}
          allowDeselect={false}
        />
        <Select
          label={t("reading.decimal_mark")}
          data={[
            { value: "point", label: t("mark.point") },
            { value: "comma", label: t("mark.comma") },
          ]}
          value={mapping.decimal_mark ?? "point"}
          onChange={(code) => put({ decimal_mark: code as Mapping["decimal_mark"] })}
          allowDeselect={false}
        />
        <Select
          label={t("reading.amount_of")}
          data={[
            { value: "charge", label: t("amount_of.charge") },
            { value: "order_value", label: t("amount_of.order_value") },
          ]}
          value={mapping.amount_of ?? "charge"}
          onChange={(code) => put({ amount_of: code as Mapping["amount_of"] })}
          allowDeselect={false}
        />
        <CurrencyInput value={mapping.currency} onChange={(currency) => put({ currency })} />
        <NumberInput
          label={t("reading.window")}
          description={t("reading.window_help")}
          value={mapping.window_days ?? ""}
          onChange={(days) => put({ window_days: typeof days === "number" ? days : null })}
          allowDecimal={false}
          min={1}
          max={3650}
          hideControls
        />
        <NumberInput
          label={t("reading.rounding")}
          description={t("reading.rounding_help")}
          value={mapping.rounding ?? 1}
          onChange={(minor) => put({ rounding: typeof minor === "number" ? minor : 0 })}
          allowDecimal={false}
          min={0}
          max={1000}
          hideControls
        />
      </SimpleGrid>
    </Fieldset>
  );
}
