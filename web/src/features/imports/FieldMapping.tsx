import { Select, SimpleGrid, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import type { ImportField, ImportFile, Mapping } from "./model";

interface Props {
  field: ImportField;
  file: ImportFile;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** A field's column, with some of its values, and the value for rows without one. */
export function FieldMapping({ field, file, mapping, onChange }: Props) {
  const { t } = useTranslation("imports");
  const word = useWords();
  const name = word("import_field", field.name);
  const column = mapping.columns?.[field.name] ?? null;
  const samples = file.columns.find((known) => known.name === column)?.samples.filter(Boolean) ?? [];
  const isMissing = field.is_required && !column && !mapping.constants?.[field.name];
  const setColumn = (chosen: string | null) =>
    onChange({ ...mapping, columns: { ...mapping.columns, [field.name]: chosen ?? "" } });
  const setConstant = (typed: string) =>
    onChange({ ...mapping, constants: { ...mapping.constants, [field.name]: typed } });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label={field.is_required ? `${name} (${t("mapping.needed")})` : name}
        aria-label={t("mapping.column", { field: name })}
        description={samples.length > 0 ? t("mapping.samples", { samples: samples.join(", ") }) : undefined}
        inputWrapperOrder={["label", "input", "description", "error"]}
        placeholder={t("mapping.none")}
        data={[...new Set(file.columns.map((known) => known.name))]}
        value={column || null}
        onChange={setColumn}
        searchable
        clearable
        nothingFoundMessage={t("nothing_found")}
        error={isMissing}
      />
      <TextInput
        label={t("mapping.constant_short")}
        aria-label={t("mapping.constant", { field: name })}
        value={mapping.constants?.[field.name] ?? ""}
        onChange={(event) => setConstant(event.currentTarget.value)}
      />
    </SimpleGrid>
  );
}
