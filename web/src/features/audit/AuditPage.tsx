import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useList } from "~/api/paging";
import { SettingsFrame } from "~/features/workspaces/SettingsFrame";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { DataTable } from "~/ui/DataTable";
import { FilterChips } from "~/ui/FilterChips";
import { EmptyState } from "~/ui/States";
import { EntryDrawer } from "./EntryDrawer";
import type { Entry } from "./entry";
import { useColumns } from "./useColumns";

/** `subject`: changes of one thing alone; `entry`: the row open beside. */
function readState(raw: PageSearch) {
  return { subject: textOf(raw, "subject"), entry: textOf(raw, "entry") };
}

/** Who did what, when, and what it was before. */
export default function AuditPage() {
  const { t } = useTranslation("audit");
  const [state, change] = usePageState(useCallback(readState, []));
  const { subject } = state;
  const log = useList<Entry>(["audit", subject], async (cursor, signal) => {
    const { data } = await client.GET("/v1/audit", {
      params: { query: { subject, cursor, limit: 100 } },
      signal,
    });
    const labels = data?.labels ?? {};
    return { items: data?.items.map((row) => ({ ...row, labels })) ?? [], next_cursor: data?.next_cursor };
  });
  const columns = useColumns();
  const filters = useMemo(
    () => [{ kind: "text" as const, id: "subject", label: t("subject"), placeholder: "ofr_01K…" }],
    [t],
  );
  const openEntry = log.rows.find((row) => row.id === state.entry);
  const clear = () => change({ subject: undefined });
  return (
    <SettingsFrame page="audit" subtitle={t("subtitle")}>
      <FilterChips
        filters={filters}
        values={{ subject }}
        onChange={(values) => change({ subject: String(values.subject ?? "").trim() || undefined })}
      />
      <DataTable
        caption={t("caption")}
        columns={columns}
        rows={log.rows}
        rowId={(entry) => entry.id}
        state={log.state}
        error={log.error}
        onRetry={log.retry}
        hasMore={log.hasMore}
        loadingMore={log.loadingMore}
        onEndReached={log.loadMore}
        filtered={subject !== undefined}
        onClearFilters={clear}
        onRowOpen={(entry) => change({ entry: entry.id }, { push: true })}
        openRowId={state.entry}
        empty={<EmptyState title={t("none")} text={t("none_text")} />}
        storageKey="audit"
        copyName="audit"
      />
      <EntryDrawer
        entry={openEntry}
        onClose={() => change({ entry: undefined })}
        onSubject={subject ? undefined : (id) => change({ subject: id, entry: undefined }, { push: true })}
      />
    </SettingsFrame>
  );
}
