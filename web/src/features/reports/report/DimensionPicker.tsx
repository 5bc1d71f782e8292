import { MultiSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";

interface Props {
  known: string[];
  value: string[];
  onChange: (dimensions: string[]) => void;
}

const DIMENSIONS_MAX = 6;

/** By what to divide the numbers, in this order. */
export function DimensionPicker({ known, value, onChange }: Props) {
  const { t } = useTranslation("reports");
  const word = useWords();
  return (
    <MultiSelect
      label={t("report.dimensions")}
      searchable
      hidePickedOptions
      maxValues={DIMENSIONS_MAX}
      maxDropdownHeight={320}
      data={known.map((dimension) => ({ value: dimension, label: word("dimension", dimension) }))}
      value={value}
      onChange={(dimensions) => dimensions.length > 0 && onChange(dimensions)}
    />
  );
}
