import { ActionIcon, Button, Fieldset, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { CANCELLED, TRASH } from "~/features/conversions/rules";
import { type Mapping, meaningCode, meaningOf } from "./mapping";

type Words = NonNullable<Mapping["words"]>;

/** Words of the file that are shown without being mapped. */
const FOUND_MAX = 20;

interface Props {
  words: Words;
  /** Words that stand in the file. */
  found: readonly string[];
  onChange: (words: Words) => void;
}

/** What each word of the column of statuses means. */
export function WordFields({ words, found, onChange }: Props) {
  const { t } = useTranslation("reconciliation");
  const word = useWords();
  const [added, setAdded] = useState("");
  const shown = [...new Set([...Object.keys(words), ...found.slice(0, FOUND_MAX)])];
  const reasons = [...CANCELLED, ...TRASH].map((code) => ({
    value: `rejected:${code}`,
    label: word("conversion_reason", code),
  }));
  const meanings = [
    {
      group: t("words.states"),
      items: [
        { value: "approved", label: word("conversion_status", "approved") },
        { value: "pending", label: word("conversion_status", "pending") },
        { value: "rejected", label: word("conversion_status", "rejected") },
        { value: "test", label: word("conversion_status", "test") },
      ],
    },
    { group: t("words.reasons"), items: reasons },
  ];
  const put = (theirs: string, code: string | null) => {
    const { [theirs]: _, ...others } = words;
    const meaning = meaningOf(code ?? "");
    onChange(meaning ? { ...others, [theirs]: meaning } : others);
  };
  const add = () => {
    const theirs = added.trim().toLowerCase();
    if (theirs) put(theirs, "approved");
    setAdded("");
  };
  return (
    <Fieldset legend={t("words.title")}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t("words.help")}
        </Text>
        {shown.map((theirs) => (
          <Group key={theirs} gap="xs" wrap="nowrap">
            <Text flex={1} truncate translate="no" title={theirs}>
              {theirs}
            </Text>
            <Select
              flex={2}
              aria-label={t("words.meaning", { word: theirs })}
              placeholder={t("words.unknown")}
              data={meanings}
              value={meaningCode(words[theirs]) || null}
              onChange={(code) => put(theirs, code)}
              allowDeselect={false}
              searchable
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              disabled={words[theirs] === undefined}
              aria-label={t("words.drop", { word: theirs })}
              onClick={() => put(theirs, null)}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Group gap="xs" wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={t("words.theirs")}
            placeholder={t("words.theirs")}
            value={added}
            onChange={(event) => setAdded(event.currentTarget.value)}
          />
          <Button
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={add}
            disabled={added.trim() === ""}
          >
            {t("words.add")}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
