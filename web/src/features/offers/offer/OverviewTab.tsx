import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { BonusList } from "~/features/bonuses/BonusList";
import { ExternalRefs } from "~/features/domains/ExternalRefs";
import { KeyValues } from "~/ui/KeyValues";
import { When } from "~/ui/When";
import { Card } from "../editor/Card";
import { bodyOf, type Offer } from "../model";
import { useAdvertisers, useManagers } from "../queries";
import { SubjectNumbers } from "../SubjectNumbers";
import { GoalsCard } from "./GoalsCard";
import { useOfferSaved } from "./useOfferSaved";

/** What the offer brought in the period, what it pays, and what it is. */
export function OverviewTab({ offer }: { offer: Offer }) {
  const { t } = useTranslation("offers");
  const { t: payouts } = useTranslation("payouts");
  const mayReadBalances = useMay("balances:read");
  const word = useWords();
  const advertisers = useAdvertisers(useMay("advertisers:read"));
  const managers = useManagers();
  const mayEdit = useMay("offers:write");
  const saved = useOfferSaved();
  const save = async (external_refs: Record<string, string>) => {
    const path = { id: offer.id };
    saved(bodyOf(await client.PATCH("/v1/offers/{id}", { params: { path }, body: { external_refs } })));
  };
  const advertiser = advertisers.rows.find(({ id }) => id === offer.advertiser_id);
  const manager = managers.find(({ value }) => value === offer.manager_id);
  return (
    <>
      <SubjectNumbers field="offer" id={offer.id} name={offer.name} />
      <GoalsCard offer={offer} />
      {mayReadBalances && (
        <BonusList
          offerId={offer.id}
          frame={(table) => <Card title={payouts("bonuses.title")}>{table}</Card>}
        />
      )}
      <Card title={t("overview.about")}>
        <KeyValues
          items={[
            { label: t("list.advertiser"), value: advertiser?.name ?? null },
            { label: t("list.visibility"), value: word("visibility", offer.visibility) },
            { label: t("list.vertical"), value: offer.vertical ? word("vertical", offer.vertical) : null },
            { label: t("editor.currency"), value: offer.currency },
            { label: t("editor.manager"), value: manager?.label ?? null },
            { label: t("overview.since"), value: <When value={offer.created_at} as="date" /> },
            ...(offer.ends_at
              ? [{ label: t("overview.until"), value: <When value={offer.ends_at} as="time" /> }]
              : []),
            { label: t("editor.description"), value: offer.description ?? null },
          ]}
        />
        <ExternalRefs refs={offer.external_refs} mayEdit={mayEdit} save={save} />
      </Card>
    </>
  );
}
