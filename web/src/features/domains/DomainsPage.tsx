import { Button } from "@mantine/core";
import { IconWorldPlus } from "@tabler/icons-react";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useList } from "~/api/paging";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { SettingsFrame } from "~/features/workspaces/SettingsFrame";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { type Column, DataTable } from "~/ui/DataTable";
import { EmptyState } from "~/ui/States";
import { When } from "~/ui/When";
import { AddDomain } from "./AddDomain";
import { DialectTokens } from "./DialectTokens";
import { DomainDrawer } from "./DomainDrawer";
import { DOMAINS_KEY, type Domain } from "./domains";

/** `domain`: the one open beside; `new`: one is being added. */
function readState(raw: PageSearch) {
  return { domain: textOf(raw, "domain"), new: textOf(raw, "new") };
}

/** Hosts on which tracking links live. */
export default function DomainsPage() {
  const { t } = useTranslation("domains");
  const mayEdit = useMay("domains:write");
  const [state, change] = usePageState(useCallback(readState, []));
  const domains = useList<Domain>(DOMAINS_KEY, async (cursor, signal) => {
    const { data } = await client.GET("/v1/domains", { params: { query: { cursor, limit: 200 } }, signal });
    const items = data?.items.map((row) => ({
      ...row,
      owner: row.partner_id ? data.labels?.[row.partner_id] : undefined,
    }));
    return { items: items ?? [], next_cursor: data?.next_cursor };
  });
  const columns = useColumns();
  const add = mayEdit && (
    <Button leftSection={<IconWorldPlus size={16} aria-hidden />} onClick={() => change({ new: "domain" })}>
      {t("add")}
    </Button>
  );
  return (
    <SettingsFrame page="domains" subtitle={t("subtitle")} action={add}>
      <DataTable
        caption={t("caption")}
        columns={columns}
        rows={domains.rows}
        rowId={(domain) => domain.id}
        state={domains.state}
        error={domains.error}
        onRetry={domains.retry}
        hasMore={domains.hasMore}
        loadingMore={domains.loadingMore}
        onEndReached={domains.loadMore}
        onRowOpen={(domain) => change({ domain: domain.id }, { push: true })}
        openRowId={state.domain}
        empty={
          <EmptyState title={t("none")} text={t("none_text", { host: window.location.host })} action={add} />
        }
        storageKey="domains"
      />
      <DomainDrawer
        domain={domains.rows.find((row) => row.id === state.domain)}
        mayEdit={mayEdit}
        onClose={() => change({ domain: undefined })}
      />
      {mayEdit && <DialectTokens />}
      {mayEdit && state.new && (
        <AddDomain
          onClose={() => change({ new: undefined })}
          onAdded={(id) => change({ new: undefined, domain: id })}
        />
      )}
    </SettingsFrame>
  );
}

function useColumns(): Column<Domain>[] {
  const { t } = useTranslation("domains");
  const word = useWords();
  return useMemo(() => {
    const owner = (domain: Domain) =>
      domain.partner_id ? (domain.owner ?? t("one_partner")) : t("everybody");
    return [
      {
        id: "host",
        header: t("host"),
        cell: (domain) => domain.host,
        value: (domain) => domain.host,
        sortable: true,
        width: 320,
        onCard: 1,
      },
      {
        id: "state",
        header: t("state"),
        cell: (domain) => <StateChip of="domain" state={domain.state} />,
        value: (domain) => word("domain_state", domain.state),
        sortable: true,
        width: 160,
        onCard: 2,
      },
      {
        id: "dialects",
        header: t("dialects.short"),
        cell: (domain) => domain.dialects.map((dialect) => word("dialect", dialect)).join(", ") || "-",
        value: (domain) => domain.dialects.join(" "),
        width: 220,
      },
      { id: "owner", header: t("used_by"), cell: owner, value: owner, sortable: true, width: 260, onCard: 3 },
      {
        id: "added",
        header: t("added"),
        cell: (domain) => <When value={domain.created_at} as="date" />,
        value: (domain) => domain.created_at,
        sortable: true,
        width: 160,
      },
    ];
  }, [t, word]);
}
