import { NumberInput, type NumberInputProps } from "@mantine/core";
import { useFormat } from "./format";
import { currencyDigits } from "./format-money";

type Field = Omit<
  NumberInputProps,
  "value" | "onChange" | "defaultValue" | "decimalScale" | "prefix" | "suffix"
>;

function separators(language: string): { decimalSeparator: string; thousandSeparator: string } {
  const parts = new Intl.NumberFormat(language, { useGrouping: "always" }).formatToParts(12345.6);
  const of = (type: string) => parts.find((part) => part.type === type)?.value;
  return { decimalSeparator: of("decimal") ?? ".", thousandSeparator: of("group") ?? "\u00a0" };
}

interface MoneyInputProps extends Field {
  /** Whole minor units; null when the field is empty. */
  value: number | null;
  onChange: (minor: number | null) => void;
  currency: string;
}

/** An amount typed as people write it, given and taken in whole minor units. */
export function MoneyInput({ value, onChange, currency, ...field }: MoneyInputProps) {
  const { language } = useFormat();
  const digits = currencyDigits(currency);
  return (
    <NumberInput
      {...field}
      {...separators(language)}
      value={value === null ? "" : value / 10 ** digits}
      onChange={(units) => onChange(typeof units === "number" ? Math.round(units * 10 ** digits) : null)}
      decimalScale={digits}
      allowNegative={field.allowNegative ?? false}
      hideControls
      inputMode="decimal"
      rightSection={<span aria-hidden>{currency}</span>}
      rightSectionWidth={52}
      rightSectionPointerEvents="none"
    />
  );
}

interface PercentInputProps extends Field {
  /** Percent, so 12.5 is 12.5 %; null when the field is empty. */
  value: number | null;
  onChange: (percent: number | null) => void;
  digits?: number;
}

/** A share in percent, as it is typed. */
export function PercentInput({ value, onChange, digits = 2, ...field }: PercentInputProps) {
  const { language } = useFormat();
  return (
    <NumberInput
      {...field}
      {...separators(language)}
      value={value ?? ""}
      onChange={(percent) => onChange(typeof percent === "number" ? percent : null)}
      decimalScale={digits}
      allowNegative={field.allowNegative ?? false}
      hideControls
      inputMode="decimal"
      rightSection={<span aria-hidden>%</span>}
      rightSectionPointerEvents="none"
    />
  );
}
