import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { KeyValues } from "~/ui/KeyValues";
import { When } from "~/ui/When";
import { Card } from "../editor/Card";
import type { Offer } from "../model";
import { useAdvertisers, useManagers } from "../queries";
import { SubjectNumbers } from "../SubjectNumbers";
import { GoalsCard } from "./GoalsCard";

/** What the offer brought in the period, what it pays, and what it is. */
export function OverviewTab({ offer }: { offer: Offer }) {
  const { t } = useTranslation("offers");
  const word = useWords();
  const advertisers = useAdvertisers(useMay("advertisers:read"));
  const managers = useManagers();
  const advertiser = advertisers.rows.find(({ id }) => id === offer.advertiser_id);
  const manager = managers.find(({ value }) => value === offer.manager_id);
  return (
    <>
      <SubjectNumbers field="offer" id={offer.id} name={offer.name} />
      <GoalsCard offer={offer} />
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
      </Card>
    </>
  );
}
