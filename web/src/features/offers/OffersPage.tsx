import { Button } from "@mantine/core";
import { IconPlus, IconTag } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { usePageState } from "~/frame/search";
import { DataTable } from "~/ui/DataTable";
import { EmptyState, Page } from "~/ui/Page";
import { useFiguresBy } from "./figures";
import { isFiltered, NO_FILTERS, offerFilterOf, readOfferSearch } from "./list/filters";
import { OfferFilters } from "./list/OfferFilters";
import { OFFER_METRICS, useOfferColumns } from "./list/useOfferColumns";
import { useEnrollmentCounts, useOffers } from "./queries";
import { useWithPeriod } from "./useWithPeriod";

/** Every offer with its payout in words and what it brought in the period. */
export default function OffersPage() {
  const { t } = useTranslation("offers");
  const [search, change] = usePageState(readOfferSearch);
  const withPeriod = useWithPeriod();
  const offers = useOffers(offerFilterOf(search));
  const columns = useOfferColumns(useFiguresBy("offer", OFFER_METRICS), useEnrollmentCounts());
  const action = useMay("offers:write") ? (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      renderRoot={(props) => <Link to="/offers/new" {...props} />}
    >
      {t("list.new")}
    </Button>
  ) : null;
  return (
    <Page title={t("list.title")} action={action}>
      <DataTable
        columns={columns}
        rows={offers.rows}
        rowId={(row) => row.id}
        caption={t("list.title")}
        state={offers.state}
        error={offers.error}
        onRetry={offers.retry}
        rowHref={(row) => withPeriod(`/offers/${row.id}`)}
        filtered={isFiltered(search)}
        onClearFilters={() => change(NO_FILTERS)}
        empty={
          <EmptyState
            icon={<IconTag size={28} stroke={1.5} />}
            title={t("list.empty")}
            text={t("list.empty_text")}
            action={action}
          />
        }
        hasMore={offers.hasMore}
        loadingMore={offers.loadingMore}
        onEndReached={offers.loadMore}
        toolbar={<OfferFilters search={search} onChange={change} />}
        storageKey="offers"
        copyName="offers"
      />
    </Page>
  );
}
