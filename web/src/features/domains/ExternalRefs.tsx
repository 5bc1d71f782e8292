import { ActionIcon, Autocomplete, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { FormError } from "~/ui/FormError";
import { KeyValues } from "~/ui/KeyValues";
import { notifyDone } from "~/ui/Toast";
import { DIALECTS, refsOf, rowsOf } from "./dialects";

interface Props {
  refs: Readonly<Record<string, string>> | null | undefined;
  mayEdit: boolean;
  save: (refs: Record<string, string>) => Promise<unknown>;
}

/** What other systems call one thing: by these ids the addresses and exports of another platform find it. */
export function ExternalRefs({ refs, mayEdit, save }: Props) {
  const { t } = useTranslation("domains");
  const word = useWords();
  const [isEditing, editing] = useDisclosure(false);
  const rows = rowsOf(refs);
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Title order={3}>{t("refs.title")}</Title>
        {mayEdit && !isEditing && (
          <Button variant="default" size="xs" onClick={editing.open}>
            {t("refs.edit")}
          </Button>
        )}
      </Group>
      {isEditing ? (
        <Editor refs={refs} save={save} onDone={editing.close} />
      ) : rows.length === 0 ? (
        <Text c="dimmed">{t("refs.none")}</Text>
      ) : (
        <KeyValues
          items={rows.map(({ system, value }) => ({
            label: word("dialect", system),
            value: (
              <Text span ff="monospace" translate="no">
                {value}
              </Text>
            ),
          }))}
        />
      )}
    </Stack>
  );
}

function Editor({ refs, save, onDone }: Omit<Props, "mayEdit"> & { onDone: () => void }) {
  const { t } = useTranslation("domains");
  const present = rowsOf(refs);
  const [rows, setRows] = useState(present.length > 0 ? present : [{ system: "", value: "" }]);
  const [error, setError] = useState<unknown>(null);
  const [isSaving, setSaving] = useState(false);
  const change = (index: number, part: Partial<(typeof rows)[number]>) =>
    setRows(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const send = async () => {
    setSaving(true);
    try {
      await save(refsOf(rows));
      notifyDone(t("refs.saved"));
      onDone();
    } catch (thrown) {
      setError(thrown);
      setSaving(false);
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm">
        <FormError error={error} />
        <Text fz="sm" c="dimmed">
          {t("refs.help")}
        </Text>
        {rows.map((row, index) => (
          // Rows have no identity but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Group key={index} gap="xs" align="flex-end" wrap="nowrap">
            <Autocomplete
              flex={1}
              label={t("refs.system")}
              data={[...DIALECTS, "everflow_link"]}
              value={row.system}
              onChange={(system) => change(index, { system })}
            />
            <TextInput
              flex={1}
              label={t("refs.value")}
              value={row.value}
              onChange={(event) => change(index, { value: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              size={36}
              aria-label={t("refs.remove", { system: row.system })}
              onClick={() => setRows(rows.filter((_, at) => at !== index))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Group justify="space-between" gap="xs">
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setRows([...rows, { system: "", value: "" }])}
          >
            {t("refs.add")}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onDone}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={isSaving}>
              {t("refs.save")}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
