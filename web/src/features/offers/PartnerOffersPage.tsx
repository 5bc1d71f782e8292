import { SimpleGrid } from "@mantine/core";
import { IconTag } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePageState } from "~/frame/search";
import { Page, Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { EmptyState, ErrorState, NothingFound } from "~/ui/States";
import { useFiguresBy } from "./figures";
import type { Named, Offer } from "./model";
import { JoinDrawer } from "./portal/JoinDrawer";
import { OfferCard } from "./portal/OfferCard";
import { OffersFilters } from "./portal/OffersFilters";
import { NO_OFFER_FILTERS, readOffersSearch, shownOffers } from "./portal/search";
import { useOffers } from "./queries";

const METRICS = ["clicks", "payout"] as const;
const COLUMNS = { base: 1, md: 2, xl: 3 };

/** Offers to choose from: what each pays in plain words, and how one stands to it. */
export default function PartnerOffersPage() {
  const { t } = useTranslation("portal");
  const [search, change] = usePageState(readOffersSearch);
  const navigate = useNavigate();
  const offers = useOffers();
  const figures = useFiguresBy("offer", METRICS);
  const { mine, open } = shownOffers(offers.rows, search);
  const takeLink = (offer: string) => void navigate({ to: "/links", search: { new: true, offer } as never });
  const cards = (rows: Named<Offer>[]) => (
    <SimpleGrid cols={COLUMNS} spacing="sm">
      {rows.map((offer) => (
        <OfferCard
          key={offer.id}
          offer={offer}
          figures={figures}
          onJoin={() => change({ join: offer.id }, { push: true })}
          onTakeLink={() => takeLink(offer.id)}
        />
      ))}
    </SimpleGrid>
  );
  return (
    <Page
      title={t("offers.title")}
      filters={
        offers.rows.length > 0 ? (
          <OffersFilters offers={offers.rows} search={search} onChange={change} />
        ) : undefined
      }
    >
      {offers.state === "loading" && (
        <SimpleGrid cols={COLUMNS} spacing="sm" aria-busy="true">
          <SkeletonBlock height={200} />
          <SkeletonBlock height={200} />
          <SkeletonBlock height={200} />
        </SimpleGrid>
      )}
      {offers.state === "error" && <ErrorState error={offers.error} onRetry={offers.retry} />}
      {offers.state === "ready" && offers.rows.length === 0 && (
        <EmptyState
          icon={<IconTag size={28} stroke={1.5} />}
          title={t("offers.empty")}
          text={t("offers.empty_text")}
        />
      )}
      {offers.rows.length > 0 && mine.length + open.length === 0 && (
        <NothingFound onClearFilters={() => change(NO_OFFER_FILTERS)} />
      )}
      {mine.length > 0 && <Section title={t("offers.mine")}>{cards(mine)}</Section>}
      {open.length > 0 && <Section title={t("offers.open")}>{cards(open)}</Section>}
      <JoinDrawer
        offer={offers.rows.find((offer) => offer.id === search.join)}
        onClose={() => change({ join: undefined })}
        onTakeLink={takeLink}
      />
    </Page>
  );
}
