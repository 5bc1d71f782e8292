import { Button } from "@mantine/core";
import { IconArrowsShuffle, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { textOf, usePageState } from "~/frame/search";
import { type Column, DataTable } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { EmptyState, Page } from "~/ui/Page";
import { NewSmartLinkDrawer } from "./smart/NewSmartLinkDrawer";
import { type NamedSmartLink, useSmartLinks } from "./smart/queries";

/** Every smart link, with what it brought. */
export default function SmartLinksPage() {
  const { t } = useTranslation("smart");
  const [search, change] = usePageState((raw) => ({ form: textOf(raw, "form") }));
  const links = useSmartLinks({});
  const columns = useColumns();
  const navigate = useNavigate();
  const mayEdit = useMay("smart_links:write");
  const add = mayEdit ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ form: "new" })}>
      {t("add")}
    </Button>
  ) : null;
  return (
    <Page title={t("title")} subtitle={t("subtitle")} action={add}>
      <DataTable
        caption={t("title")}
        columns={columns}
        rows={links.rows}
        rowId={(row) => row.id}
        state={links.state}
        error={links.error}
        onRetry={links.retry}
        hasMore={links.hasMore}
        loadingMore={links.loadingMore}
        onEndReached={links.loadMore}
        onRowOpen={({ id }) =>
          void navigate({ to: "/smart-links/$smartLinkId", params: { smartLinkId: id } as never })
        }
        empty={
          <EmptyState
            icon={<IconArrowsShuffle size={28} stroke={1.5} />}
            title={t("none")}
            text={t("none_text")}
            action={add}
          />
        }
        storageKey="smart-links"
        copyName="smart-links"
      />
      {mayEdit && search.form === "new" && <NewSmartLinkDrawer onClose={() => change({ form: undefined })} />}
    </Page>
  );
}

function useColumns(): Column<NamedSmartLink>[] {
  const { t } = useTranslation("smart");
  const word = useWords();
  const { number, money } = useFormat();
  return useMemo(() => {
    const sum = (link: NamedSmartLink, of: "clicks" | "profit_minor") =>
      link.members.reduce((total, { choice }) => total + (choice?.[of] ?? 0), 0);
    const profit = (link: NamedSmartLink) =>
      link.choosing ? money({ minor: sum(link, "profit_minor"), currency: link.choosing.currency }) : "-";
    const partner = (link: NamedSmartLink) => link.names[link.partner_id] ?? "";
    const named = (name: (link: NamedSmartLink) => string) => ({
      cell: (link: NamedSmartLink) => <span translate="no">{name(link)}</span>,
      value: name,
      sortable: true,
    });
    return [
      { id: "name", header: t("name"), ...named(({ name }) => name), width: 200, onCard: 1 },
      { id: "partner", header: t("partner"), ...named(partner), width: 170, onCard: 2 },
      {
        id: "mode",
        header: t("mode"),
        cell: ({ choosing }) => (choosing ? word("smart_mode", choosing.mode) : "-"),
        value: ({ choosing }) => choosing?.mode,
        sortable: true,
        width: 170,
      },
      {
        id: "offers",
        header: t("offers"),
        cell: ({ members }) => number(members.length),
        value: ({ members }) => members.length,
        align: "end",
        sortable: true,
        width: 90,
      },
      {
        id: "clicks",
        header: t("clicks"),
        hint: t("days"),
        cell: (link) => number(sum(link, "clicks")),
        value: (link) => sum(link, "clicks"),
        align: "end",
        sortable: true,
        descFirst: true,
        width: 100,
      },
      {
        id: "profit",
        header: t("profit"),
        hint: t("days"),
        cell: profit,
        value: (link) => sum(link, "profit_minor"),
        align: "end",
        sortable: true,
        descFirst: true,
        width: 120,
      },
      {
        id: "state",
        header: t("state"),
        cell: ({ state }) => <StateChip of="link" state={state} />,
        value: ({ state }) => word("link_state", state),
        sortable: true,
        width: 120,
        onCard: 3,
      },
    ];
  }, [t, word, number, money]);
}
