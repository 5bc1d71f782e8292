import { NumberInput, type NumberInputProps } from "@mantine/core";
import { useState } from "react";
import { useFormat } from "./format";
import { currencyDigits } from "./format-money";
import { figureOf, shownFigure, type Typed } from "./typed";

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
  const [typed, setTyped] = useState<Typed>("");
  return (
    <NumberInput
      {...field}
      {...separators(language)}
      value={shownFigure(typed, value === null ? null : value / 10 ** digits)}
      onChange={(units) => {
        setTyped(units);
        const figure = figureOf(units);
        onChange(figure === null ? null : Math.round(figure * 10 ** digits));
      }}
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
  const [typed, setTyped] = useState<Typed>("");
  return (
    <NumberInput
      {...field}
      {...separators(language)}
      value={shownFigure(typed, value)}
      onChange={(percent) => {
        setTyped(percent);
        onChange(figureOf(percent));
      }}
      decimalScale={digits}
      allowNegative={field.allowNegative ?? false}
      hideControls
      inputMode="decimal"
      rightSection={<span aria-hidden>%</span>}
      rightSectionPointerEvents="none"
    />
  );
}
