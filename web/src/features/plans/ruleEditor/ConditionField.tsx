import { Group, MultiSelect, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { COUNTRY_CODES } from "~/domain/targeting/countryCodes";
import { useWords } from "~/domain/words";
import { usePartnerOptions } from "~/features/conversions/options";
import { TRAFFIC_TYPES } from "~/features/offers/model";
import { MoneyInput } from "~/ui/FigureInputs";
import { useFormat } from "~/ui/format";
import type { ConditionName } from "../conditions";
import type { Conditions } from "../shapes";
import { weekdayName } from "../words/conditionWords";
import { SubsField } from "./SubsField";
import { useConditionNames } from "./useConditionNames";

export interface FieldProps {
  conditions: Conditions;
  onChange: (change: Partial<Conditions>) => void;
  offer: Schemas["OfferOut"];
  names: Readonly<Record<string, string>>;
}

type Listed = "groups" | "tags" | "skus" | "categories" | "coupons" | "sources";
const DEVICES = ["desktop", "mobile", "tablet", "other"];
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

/** One condition, as its values are best typed. */
export function ConditionField({ name, ...props }: FieldProps & { name: ConditionName }) {
  const { conditions, onChange, offer } = props;
  const { t } = useTranslation("plan_editor");
  const word = useWords();
  const label = useConditionNames()[name];
  switch (name) {
    case "goal_id":
      return (
        <Select
          label={label}
          data={offer.goals.map(({ id, name }) => ({ value: id, label: name }))}
          value={conditions.goal_id ?? null}
          onChange={(goal_id) => onChange({ goal_id })}
        />
      );
    case "partner_id":
      return <PartnerField {...props} label={label} />;
    case "countries":
      return <CountriesField {...props} label={label} />;
    case "devices":
    case "traffic_types": {
      const [list, codes] =
        name === "devices" ? (["device", DEVICES] as const) : (["traffic_type", TRAFFIC_TYPES] as const);
      return (
        <MultiSelect
          label={label}
          data={codes.map((code) => ({ value: code, label: word(list, code) }))}
          value={conditions[name] ?? []}
          onChange={(values) => onChange({ [name]: values })}
        />
      );
    }
    case "customer":
      return (
        <Select
          label={label}
          data={[
            { value: "new", label: t("customer.new") },
            { value: "returning", label: t("customer.returning") },
          ]}
          value={conditions.customer ?? null}
          onChange={(customer) => onChange({ customer: customer as Conditions["customer"] })}
        />
      );
    case "amount":
      return <AmountField {...props} label={label} />;
    case "nth_order":
      return <OrderField {...props} label={label} />;
    case "weekdays":
      return <WeekdaysField {...props} label={label} />;
    case "dates":
      return <DatesField {...props} label={label} />;
    case "subs":
      return <SubsField {...props} label={label} />;
    default:
      return <TextsField {...props} label={label} name={name} />;
  }
}

type Labelled = FieldProps & { label: string };

function TextsField({ conditions, onChange, label, name }: Labelled & { name: Listed }) {
  return (
    <TagsInput
      label={label}
      value={conditions[name] ?? []}
      onChange={(values) => onChange({ [name]: values })}
      splitChars={[",", ";", "\n", "\t"]}
      acceptValueOnBlur
    />
  );
}

/** Partners by a part of the name; the chosen one stays when a search no longer finds it. */
function PartnerField({ conditions, onChange, names, label }: Labelled) {
  const { options, search } = usePartnerOptions();
  const chosen = conditions.partner_id;
  const isListed = !chosen || options.some(({ value }) => value === chosen);
  return (
    <Select
      label={label}
      data={isListed ? options : [{ value: chosen, label: names[chosen] ?? chosen }, ...options]}
      value={chosen ?? null}
      onChange={(partner_id) => onChange({ partner_id })}
      onSearchChange={search}
      searchable
    />
  );
}

function CountriesField({ conditions, onChange, label }: Labelled) {
  const { language } = useFormat();
  const names = new Intl.DisplayNames([language], { type: "region", fallback: "code" });
  const data = COUNTRY_CODES.map((code) => ({ value: code, label: names.of(code) ?? code }));
  data.sort((one, other) => one.label.localeCompare(other.label, language));
  return (
    <MultiSelect
      label={label}
      data={data}
      value={conditions.countries ?? []}
      onChange={(countries) => onChange({ countries })}
      searchable
      hidePickedOptions
    />
  );
}

function AmountField({ conditions, onChange, offer, label }: Labelled) {
  const { t } = useTranslation("plan_editor");
  const amount = conditions.amount ?? {};
  const set = (change: object) => onChange({ amount: { ...amount, ...change } });
  return (
    <Group grow align="flex-end">
      <MoneyInput
        label={t("range.from", { what: label })}
        currency={offer.currency}
        value={amount.from_minor ?? null}
        onChange={(from_minor) => set({ from_minor })}
      />
      <MoneyInput
        label={t("range.below", { what: label })}
        currency={offer.currency}
        value={amount.to_minor ?? null}
        onChange={(to_minor) => set({ to_minor })}
      />
    </Group>
  );
}

function OrderField({ conditions, onChange, label }: Labelled) {
  const { t } = useTranslation("plan_editor");
  const range = conditions.nth_order ?? {};
  const set = (end: "from" | "to", value: string | number) =>
    onChange({ nth_order: { ...range, [end]: typeof value === "number" ? value : null } });
  return (
    <Group grow align="flex-end">
      <NumberInput
        label={t("range.from", { what: label })}
        min={1}
        allowDecimal={false}
        value={range.from ?? ""}
        onChange={(value) => set("from", value)}
      />
      <NumberInput
        label={t("range.to", { what: label })}
        min={1}
        allowDecimal={false}
        value={range.to ?? ""}
        onChange={(value) => set("to", value)}
      />
    </Group>
  );
}

function WeekdaysField({ conditions, onChange, label }: Labelled) {
  const { language } = useFormat();
  return (
    <MultiSelect
      label={label}
      data={WEEKDAYS.map((day) => ({ value: String(day), label: weekdayName(day, language) }))}
      value={(conditions.weekdays ?? []).map(String)}
      onChange={(days) => onChange({ weekdays: days.map(Number).sort() })}
    />
  );
}

function DatesField({ conditions, onChange, label }: Labelled) {
  const { t } = useTranslation("plan_editor");
  const range = conditions.dates ?? {};
  const set = (end: "from" | "to", day: string) => onChange({ dates: { ...range, [end]: day || null } });
  return (
    <Group grow align="flex-end">
      <TextInput
        type="date"
        label={t("range.from", { what: label })}
        value={range.from ?? ""}
        onChange={(event) => set("from", event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t("range.to", { what: label })}
        value={range.to ?? ""}
        onChange={(event) => set("to", event.currentTarget.value)}
      />
    </Group>
  );
}
