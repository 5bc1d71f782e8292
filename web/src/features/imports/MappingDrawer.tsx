import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { FormError } from "~/ui/FormError";
import { SideDrawer } from "~/ui/SideDrawer";
import { notifyDone } from "~/ui/Toast";
import { FieldMapping } from "./FieldMapping";
import { type Import, type ImportFile, type Mapping, tidy, useFields, useImportsChanged } from "./model";
import { WordMapping } from "./WordMapping";

interface Props {
  row: Import;
  file: ImportFile;
  onClose: () => void;
}

/** Which of the file's columns is which field, and what its words mean. */
export function MappingDrawer({ row, file, onClose }: Props) {
  const { t } = useTranslation("imports");
  const word = useWords();
  const fields = useFields(file.kind);
  const changed = useImportsChanged();
  const [mapping, setMapping] = useState<Mapping>(file.mapping);
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    try {
      const params = { path: { id: row.id, kind: file.kind } };
      await client.PUT("/v1/imports/{id}/files/{kind}/mapping", { params, body: tidy(mapping) });
      await changed();
      notifyDone(t("mapping.saved"));
      onClose();
    } catch (thrown) {
      setError(thrown);
      setSaving(false);
    }
  };
  const footer = (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onClose}>
        {t("cancel")}
      </Button>
      <Button loading={saving} onClick={() => void save()}>
        {t("mapping.save")}
      </Button>
    </Group>
  );
  return (
    <SideDrawer
      opened
      onClose={onClose}
      size="lg"
      title={t("mapping.title", { file: word("import_kind", file.kind) })}
      footer={footer}
    >
      <Stack gap="md">
        <FormError error={error} />
        <Text size="sm" c="dimmed">
          {t("mapping.help")}
        </Text>
        {fields.map((field) => (
          <Stack key={field.name} gap="xs">
            <FieldMapping field={field} file={file} mapping={mapping} onChange={setMapping} />
            {field.words.length > 0 && (mapping.columns?.[field.name] || mapping.constants?.[field.name]) && (
              <WordMapping field={field} mapping={mapping} onChange={setMapping} />
            )}
          </Stack>
        ))}
      </Stack>
    </SideDrawer>
  );
}
