import { Button, Group, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useList } from "~/api/paging";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { EmptyState } from "~/ui/States";
import { notifyFailed } from "~/ui/Toast";
import { downloadText } from "~/ui/table/csv";
import { type Finding, type Import, isAtWork } from "./model";

/** Rows that were not understood, by file, line and column. */
export function FindingList({ row, any }: { row: Import; any: boolean }) {
  const { t } = useTranslation("imports");
  const columns = useColumns();
  const findings = useList<Finding>(
    ["imports", row.id, "findings", row.state],
    async (cursor, signal) => {
      const params = { path: { id: row.id }, query: { cursor, limit: 100 } };
      const { data } = await client.GET("/v1/imports/{id}/findings", { params, signal });
      return data ?? { items: [] };
    },
    !isAtWork(row.state),
  );
  if (isAtWork(row.state)) return null;
  return (
    <section aria-label={t("findings.title")}>
      <Group justify="space-between" mb="xs">
        <Title order={2} fz="lg">
          {t("findings.title")}
        </Title>
        {any && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => void download(row.id).catch(notifyFailed)}
          >
            {t("findings.download")}
          </Button>
        )}
      </Group>
      <DataTable
        caption={t("findings.title")}
        columns={columns}
        rows={findings.rows}
        rowId={(finding) => finding.id}
        state={findings.state}
        error={findings.error}
        onRetry={findings.retry}
        hasMore={findings.hasMore}
        loadingMore={findings.loadingMore}
        onEndReached={findings.loadMore}
        empty={<EmptyState title={t("findings.none")} text={t("findings.none_text")} />}
        storageKey="import-findings"
      />
    </section>
  );
}

async function download(id: string): Promise<void> {
  const params = { path: { id } };
  const { data } = await client.GET("/v1/imports/{id}/findings.csv", { params, parseAs: "text" });
  downloadText("not-understood.csv", data ?? "");
}

function useColumns(): Column<Finding>[] {
  const { t } = useTranslation("imports");
  const word = useWords();
  const { number } = useFormat();
  return useMemo(() => {
    const reason = (finding: Finding) => {
      const said = word("import_finding", finding.code);
      return finding.message ? `${said}: ${finding.message}` : said;
    };
    return [
      {
        id: "file",
        header: t("findings.file"),
        cell: (finding) => word("import_kind", finding.kind),
        value: (finding) => word("import_kind", finding.kind),
        width: 170,
        onCard: 2,
      },
      {
        id: "line",
        header: t("findings.line"),
        cell: (finding) => number(finding.line),
        value: (finding) => finding.line,
        align: "end",
        width: 80,
        onCard: 3,
      },
      {
        id: "column",
        header: t("findings.column"),
        cell: (finding) => <span translate="no">{finding.column ?? "-"}</span>,
        value: (finding) => finding.column,
        width: 160,
      },
      {
        id: "reason",
        header: t("findings.reason"),
        cell: (finding) => <span translate={finding.message ? "no" : undefined}>{reason(finding)}</span>,
        value: reason,
        width: 320,
        onCard: 1,
      },
      {
        id: "value",
        header: t("findings.value"),
        cell: (finding) => <span translate="no">{finding.value || "-"}</span>,
        value: (finding) => finding.value,
        width: 190,
      },
    ];
  }, [t, word, number]);
}
