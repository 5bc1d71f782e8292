import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconCircleCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { SkeletonBlock } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { FileList } from "./FileList";
import { FindingList } from "./FindingList";
import { ImportActs } from "./ImportActs";
import { MappingDrawer } from "./MappingDrawer";
import { type Import, type ImportKind, isOpen, useImport } from "./model";

/** One move: its files, what became of their rows, and what was not understood. */
export function ImportView({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation("imports");
  const found = useImport(id);
  return (
    <Stack gap="lg">
      <Group>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={onClose}
        >
          {t("back")}
        </Button>
      </Group>
      {found.isPending && <SkeletonBlock height={320} />}
      {found.isError && (
        <ErrorState title={t("failed")} error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data && <Opened row={found.data} onGone={onClose} />}
    </Stack>
  );
}

function Opened({ row, onGone }: { row: Import; onGone: () => void }) {
  const word = useWords();
  const [mapped, setMapped] = useState<ImportKind>();
  const file = row.files.find(({ kind }) => kind === mapped);
  const told = row.files.some(({ tally }) => tally.not_understood + tally.warnings > 0);
  const wasRead = row.state !== "collecting" && row.files.some(({ tally }) => tally.rows > 0);
  return (
    <>
      <Group justify="space-between" align="center">
        <Group gap="sm">
          <Title order={2} fz="lg">
            {word("import_platform", row.platform)}
          </Title>
          <StateChip of="import" state={row.state} />
        </Group>
        <ImportActs row={row} onGone={onGone} />
      </Group>
      {row.state === "done" && <DoneNote row={row} />}
      <FileList row={row} onMap={setMapped} />
      {wasRead && <FindingList row={row} any={told} />}
      {file && isOpen(row.state) && (
        <MappingDrawer key={file.kind} row={row} file={file} onClose={() => setMapped(undefined)} />
      )}
    </>
  );
}

function DoneNote({ row }: { row: Import }) {
  const { t } = useTranslation("imports");
  const word = useWords();
  return (
    <Alert icon={<IconCircleCheck size={18} aria-hidden />} variant="default" title={t("done")}>
      <Group justify="space-between">
        <Text size="sm">{t("done_text", { platform: word("import_platform", row.platform) })}</Text>
        <Button component={Link} to="/settings/domains" variant="default" size="xs">
          {t("domains")}
        </Button>
      </Group>
    </Alert>
  );
}
