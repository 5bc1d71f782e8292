import { ActionIcon, Button, Fieldset, Group, Select, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { type ImportField, type Mapping, type WordRow, wordRows } from "./model";

interface Props {
  field: ImportField;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** Their words in a field, each with ours. */
export function WordMapping({ field, mapping, onChange }: Props) {
  const { t } = useTranslation("imports");
  const word = useWords();
  const [rows, setRows] = useState<WordRow[]>(() => wordRows(mapping, field.name));
  const set = (changed: WordRow[]) => {
    setRows(changed);
    const known = changed
      .filter(({ theirs }) => theirs.trim())
      .map(({ theirs, ours }) => [theirs.trim(), ours]);
    onChange({ ...mapping, words: { ...mapping.words, [field.name]: Object.fromEntries(known) } });
  };
  const change = (index: number, part: Partial<WordRow>) =>
    set(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const ours = field.words.map((code) => ({ value: code, label: word("import_word", code) }));
  return (
    <Fieldset legend={t("mapping.words", { field: word("import_field", field.name) })} variant="filled">
      {rows.map((row, index) => (
        // Rows have no identity of their own: their place is it.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Group key={index} gap="xs" wrap="nowrap" mb={4}>
          <TextInput
            size="xs"
            aria-label={t("mapping.their_word")}
            value={row.theirs}
            onChange={(event) => change(index, { theirs: event.currentTarget.value })}
          />
          <Select
            size="xs"
            aria-label={t("mapping.our_word")}
            data={ours}
            value={row.ours}
            allowDeselect={false}
            onChange={(chosen) => change(index, { ours: chosen ?? row.ours })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("mapping.drop_word", { word: row.theirs })}
            onClick={() => set(rows.filter((_, at) => at !== index))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => set([...rows, { theirs: "", ours: field.words[0] ?? "" }])}
      >
        {t("mapping.add_word")}
      </Button>
    </Fieldset>
  );
}
