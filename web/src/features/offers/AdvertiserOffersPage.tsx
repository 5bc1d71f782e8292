import { IconTag } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { DataTable } from "~/ui/DataTable";
import { Page } from "~/ui/Page";
import { EmptyState } from "~/ui/States";
import { useFiguresBy } from "./figures";
import { OWN_OFFER_METRICS, useOwnOfferColumns } from "./portal/useOwnOfferColumns";
import { useOffers } from "./queries";
import { SearchBox } from "./SearchBox";

/** With fewer offers than this there is nothing to look for. */
const SEARCHED_FROM = 8;

const readSearch = (raw: PageSearch) => ({ q: textOf(raw, "q") });

/** The advertiser's own offers: what it is charged, and what each brought in the period. */
export default function AdvertiserOffersPage() {
  const { t } = useTranslation("portal");
  const [{ q }, change] = usePageState(readSearch);
  const offers = useOffers();
  const columns = useOwnOfferColumns(useFiguresBy("offer", OWN_OFFER_METRICS));
  const rows = useMemo(
    () => offers.rows.filter(({ name }) => name.toLowerCase().includes(q?.toLowerCase() ?? "")),
    [offers.rows, q],
  );
  const isSearched = q !== undefined || offers.rows.length >= SEARCHED_FROM;
  return (
    <Page
      title={t("own_offers.title")}
      filters={
        isSearched ? (
          <SearchBox label={t("own_offers.search")} value={q} onChange={(text) => change({ q: text })} />
        ) : undefined
      }
    >
      <DataTable
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        caption={t("own_offers.title")}
        state={offers.state}
        error={offers.error}
        onRetry={offers.retry}
        rowHref={(row) => `/offers/${row.id}`}
        filtered={q !== undefined}
        onClearFilters={() => change({ q: undefined })}
        empty={
          <EmptyState
            icon={<IconTag size={28} stroke={1.5} />}
            title={t("own_offers.empty")}
            text={t("own_offers.empty_text")}
          />
        }
        hasMore={offers.hasMore}
        loadingMore={offers.loadingMore}
        onEndReached={offers.loadMore}
        storageKey="own-offers"
        copyName="offers"
      />
    </Page>
  );
}
