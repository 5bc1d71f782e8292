import { Button, FileButton, Group, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { FormError } from "~/ui/FormError";
import { notifyFailed } from "~/ui/Toast";
import {
  type Import,
  type ImportFile,
  type ImportKind,
  isAtWork,
  isOpen,
  upload,
  useImportsChanged,
} from "./model";
import { TallyLine } from "./TallyLine";

interface Props {
  row: Import;
  kind: ImportKind;
  file: ImportFile | undefined;
  onMap: () => void;
}

export function FileCard({ row, kind, file, onMap }: Props) {
  const { t } = useTranslation("imports");
  const word = useWords();
  return (
    <Paper withBorder p="md" component="section" aria-label={word("import_kind", kind)}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Title order={3} fz="md">
            {word("import_kind", kind)}
          </Title>
          <Text size="sm" c="dimmed" truncate translate="no">
            {file?.file_name ?? t("file.none")}
          </Text>
        </Group>
        {file && <FileState row={row} file={file} />}
        {isOpen(row.state) && <FileActs id={row.id} kind={kind} file={file} onMap={onMap} />}
      </Stack>
    </Paper>
  );
}

function FileState({ row, file }: { row: Import; file: ImportFile }) {
  const { t } = useTranslation("imports");
  const word = useWords();
  if (file.missing_fields.length > 0) {
    const fields = file.missing_fields.map((field) => word("import_field", field)).join(", ");
    return (
      <Text size="sm" c="var(--mantine-color-error)">
        <IconAlertTriangle size={14} aria-hidden /> {t("file.missing", { fields })}
      </Text>
    );
  }
  if (isAtWork(row.state) && row.state !== "undoing") {
    const percent = file.progress_permille / 10;
    return (
      <Stack gap={4}>
        <Progress value={percent} aria-label={t("file.progress")} />
        <TallyLine tally={file.tally} isCheck={row.state === "checking"} />
      </Stack>
    );
  }
  if (row.state === "checked" && file.checked) return <TallyLine tally={file.checked} isCheck />;
  if (!isOpen(row.state)) return <TallyLine tally={file.tally} isCheck={false} />;
  return (
    <Text size="sm" c="dimmed">
      {file.unused_columns.length > 0
        ? t("file.unused", { columns: file.unused_columns.join(", ") })
        : t("file.ready")}
    </Text>
  );
}

interface ActsProps {
  id: string;
  kind: ImportKind;
  file: ImportFile | undefined;
  onMap: () => void;
}

function FileActs({ id, kind, file, onMap }: ActsProps) {
  const { t } = useTranslation("imports");
  const word = useWords();
  const changed = useImportsChanged();
  const [uploading, setUploading] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const take = async (chosen: File | null) => {
    if (!chosen) return;
    setUploading(true);
    setError(null);
    try {
      await upload(id, kind, chosen);
      await changed();
    } catch (thrown) {
      setError(thrown);
    }
    setUploading(false);
  };
  const remove = async () => {
    await client.DELETE("/v1/imports/{id}/files/{kind}", { params: { path: { id, kind } } });
    await changed();
  };
  const named = (verb: string) => `${verb}: ${word("import_kind", kind)}`;
  return (
    <>
      <FormError error={error} />
      <Group gap="xs">
        <FileButton
          onChange={(chosen) => void take(chosen)}
          accept=".csv,.tsv,.txt,text/csv"
          inputProps={{ "aria-label": named(t("file.choose")) }}
        >
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant={file ? "default" : "light"}
              loading={uploading}
              leftSection={<IconUpload size={14} aria-hidden />}
              aria-label={named(file ? t("file.replace") : t("file.choose"))}
            >
              {file ? t("file.replace") : t("file.choose")}
            </Button>
          )}
        </FileButton>
        {file && (
          <>
            <Button size="xs" variant="default" onClick={onMap} aria-label={named(t("file.mapping"))}>
              {t("file.mapping")}
            </Button>
            <Button
              size="xs"
              variant="subtle"
              color="red"
              onClick={() => void remove().catch(notifyFailed)}
              aria-label={named(t("file.remove"))}
            >
              {t("file.remove")}
            </Button>
          </>
        )}
      </Group>
    </>
  );
}
