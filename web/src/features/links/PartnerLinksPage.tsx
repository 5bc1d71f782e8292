import { Button } from "@mantine/core";
import { IconArrowsSplit2, IconCopy, IconLink, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "~/domain/person";
import { useFiguresBy } from "~/features/offers/figures";
import { usePageState } from "~/frame/search";
import { DataTable, type RowAction } from "~/ui/DataTable";
import { Page } from "~/ui/Page";
import { EmptyState } from "~/ui/States";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import { LinkDrawer } from "./portal/LinkDrawer";
import { LinkFilters } from "./portal/LinkFilters";
import { NewLinkDrawer } from "./portal/NewLinkDrawer";
import type { NamedLink } from "./portal/queries";
import { isFiltered, matching, NO_LINK_FILTERS, readLinkSearch } from "./portal/search";
import { LINK_METRICS, useLinkColumns } from "./portal/useLinkColumns";
import { useLinks } from "./queries";
import { OwnSmartLinks } from "./smart/OwnSmartLinks";

/** The partner's own links with what they brought in the period. */
export default function PartnerLinksPage() {
  const { t } = useTranslation("portal");
  const [search, change] = usePageState(readLinkSearch);
  const links = useLinks({});
  const currency = useMe().workspace.reporting_currency;
  const hasArchived = links.rows.some(({ state }) => state === "archived");
  const columns = useLinkColumns(useFiguresBy("link", LINK_METRICS), currency, hasArchived);
  const rows = useMemo(() => matching(links.rows, search), [links.rows, search]);
  const action = useMay("links:write") ? (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => change({ new: true, open: undefined }, { push: true })}
    >
      {t("links.new")}
    </Button>
  ) : null;
  const navigate = useNavigate();
  const copy = async (url: string) => {
    await navigator.clipboard.writeText(url);
    notifyDone(t("links.copied"));
  };
  const menuOf = ({ id, url }: NamedLink): RowAction[] => [
    {
      id: "copy",
      label: t("links.copy_address"),
      icon: <IconCopy size={16} />,
      onClick: () => void copy(url).catch(notifyFailed),
    },
    {
      id: "conversions",
      label: t("links.conversions"),
      icon: <IconArrowsSplit2 size={16} />,
      onClick: () => void navigate({ to: "/conversions", search: { link: id } as never }),
    },
  ];
  const hasFilters = links.rows.length > 0;
  return (
    <Page
      title={t("links.title")}
      action={action}
      filters={hasFilters ? <LinkFilters links={links.rows} search={search} onChange={change} /> : undefined}
    >
      <DataTable
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        caption={t("links.title")}
        state={links.state}
        error={links.error}
        onRetry={links.retry}
        onRowOpen={({ id }) => change({ open: id, new: undefined }, { push: true })}
        openRowId={search.open}
        rowMenu={menuOf}
        filtered={isFiltered(search)}
        onClearFilters={() => change(NO_LINK_FILTERS)}
        empty={
          <EmptyState
            icon={<IconLink size={28} stroke={1.5} />}
            title={t("links.empty")}
            text={t("links.empty_text")}
            action={action}
          />
        }
        hasMore={links.hasMore}
        loadingMore={links.loadingMore}
        onEndReached={links.loadMore}
        storageKey="own-links"
        copyName="links"
      />
      <OwnSmartLinks />
      <NewLinkDrawer
        opened={search.new === true}
        onClose={() => change({ new: undefined })}
        offerId={search.offer}
      />
      <LinkDrawer linkId={search.new ? undefined : search.open} onClose={() => change({ open: undefined })} />
    </Page>
  );
}
