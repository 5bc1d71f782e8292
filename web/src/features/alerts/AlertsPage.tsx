import { Button } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { type Column, DataTable } from "~/ui/DataTable";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { EmptyState, Page } from "~/ui/Page";
import { When } from "~/ui/When";
import { AlertDrawer } from "./AlertDrawer";
import { type Alert, useAlerts } from "./model";
import { SHOWN, type Shown } from "./queries";
import { useAlertText, useSubjectText } from "./useAlertText";

function readState(raw: PageSearch) {
  return {
    show: SHOWN.find((shown) => shown === textOf(raw, "show")),
    /** The alert that is open beside. */
    open: textOf(raw, "open"),
  };
}

/** What rules have found, those that wait first: what it is, how far from usual, since when, who has it. */
export default function AlertsPage() {
  const { t } = useTranslation("alerts");
  const [search, change] = usePageState(readState);
  const show = search.show ?? "open";
  const list = useAlerts(show);
  const columns = useColumns();
  const open = list.rows.find(({ id }) => id === search.open);
  const close = () => change({ open: undefined });
  const words: Record<Shown, string> = {
    open: t("shown.open"),
    snoozed: t("shown.snoozed"),
    resolved: t("shown.resolved"),
    recovered: t("shown.recovered"),
  };
  const spec: FilterSpec = {
    kind: "one",
    id: "show",
    label: t("shown.label"),
    options: SHOWN.map((shown) => ({ value: shown, label: words[shown] })),
  };
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      action={
        <Button variant="default" component={Link} to="/alerts/rules">
          {t("rules.title")}
        </Button>
      }
    >
      <DataTable
        caption={t("title")}
        columns={columns}
        rows={list.rows}
        rowId={(row) => row.id}
        onRowOpen={(row) => change({ open: row.id }, { push: true })}
        openRowId={search.open}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        onEndReached={list.loadMore}
        toolbar={
          <FilterChips
            filters={[spec]}
            values={{ show }}
            onChange={(values) => change({ show: values.show as Shown | undefined, open: undefined })}
          />
        }
        empty={
          <EmptyState
            icon={<IconBell size={28} stroke={1.5} />}
            title={t("none")}
            text={show === "open" ? t("none_open") : t("none_other")}
          />
        }
        storageKey="alerts"
        copyName="alerts"
      />
      {open && <AlertDrawer key={open.id} alert={open} onClose={close} />}
    </Page>
  );
}

function useColumns(): Column<Alert>[] {
  const { t } = useTranslation("alerts");
  const text = useAlertText();
  const subject = useSubjectText({});
  return useMemo(() => {
    const about = (row: Alert) => row.names[row.subject] ?? subject(row.watch, row.subject);
    const seen = (row: Alert) => text.figure(row.seen, row.unit, row.currency);
    const usual = (row: Alert) => text.usual(row, row.unit, row.currency);
    return [
      {
        id: "rule",
        header: t("column.rule"),
        cell: (row) => text.alertName(row),
        value: (row) => text.alertName(row),
        width: 270,
        onCard: 1,
      },
      {
        id: "subject",
        header: t("column.subject"),
        cell: (row) => <span translate="no">{about(row)}</span>,
        value: about,
        width: 200,
        onCard: 1,
      },
      { id: "seen", header: t("column.seen"), cell: seen, value: seen, align: "end", width: 120, onCard: 2 },
      {
        id: "usual",
        header: t("column.usual"),
        hint: t("column.usual_hint"),
        cell: usual,
        value: usual,
        align: "end",
        width: 190,
        onCard: 2,
      },
      {
        id: "since",
        header: t("column.since"),
        cell: (row) => <When value={row.opened_at} />,
        value: (row) => row.opened_at,
        width: 140,
        onCard: 3,
      },
      {
        id: "who",
        header: t("column.who"),
        cell: (row) => <span translate="no">{(row.assigned_to && row.names[row.assigned_to]) ?? "-"}</span>,
        value: (row) => (row.assigned_to && row.names[row.assigned_to]) ?? "",
        width: 150,
        onCard: 3,
      },
    ];
  }, [t, text, subject]);
}
