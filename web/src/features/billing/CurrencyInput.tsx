import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

const CODE_CHARS_MAX = 12;

interface Props {
  value: string;
  onChange: (code: string) => void;
  error?: string;
  disabled?: boolean;
}

/** The code of a currency or of a unit that the workspace registered. */
export function CurrencyInput({ value, onChange, error, disabled }: Props) {
  const { t } = useTranslation("billing");
  return (
    <TextInput
      label={t("column.currency")}
      description={t("currency_help")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.toUpperCase())}
      error={error}
      maxLength={CODE_CHARS_MAX}
      disabled={disabled}
      required
    />
  );
}
