import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useCountryName } from "~/domain/countries";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { ExternalRefs } from "~/features/domains/ExternalRefs";
import { Card } from "~/features/offers/editor/Card";
import { bodyOf } from "~/features/offers/model";
import { useManagers } from "~/features/offers/queries";
import { SubjectNumbers } from "~/features/offers/SubjectNumbers";
import { PrivateRates } from "~/features/plans/PrivateRates";
import { KeyValues } from "~/ui/KeyValues";
import { When } from "~/ui/When";
import type { Partner } from "../model";
import { BalanceCard } from "./BalanceCard";
import { usePartnerSaved } from "./usePartnerSaved";

/** What the partner brought in the period, what it is owed, who it is. */
export function OverviewTab({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  const word = useWords();
  const country = useCountryName();
  const managers = useManagers();
  const mayEdit = useMay("partners:write");
  const saved = usePartnerSaved();
  const save = async (external_refs: Record<string, string>) => {
    const path = { id: partner.id };
    saved(bodyOf(await client.PATCH("/v1/partners/{id}", { params: { path }, body: { external_refs } })));
  };
  const manager = managers.find(({ value }) => value === partner.manager_id);
  const readsBalances = useMay("balances:read");
  const readsPartners = useMay("partners:read");
  return (
    <>
      <SubjectNumbers field="partner" id={partner.id} name={partner.name} />
      {readsBalances && <BalanceCard partner={partner} />}
      {readsPartners && (
        <PrivateRates
          partnerId={partner.id}
          frame={(rates) => <Card title={t("overview.private_rates")}>{rates}</Card>}
        />
      )}
      <Card title={t("overview.about")}>
        <KeyValues
          items={[
            { label: t("list.group"), value: partner.group ?? null },
            { label: t("list.tags"), value: partner.tags.join(", ") || null },
            { label: t("list.manager"), value: manager?.label ?? null },
            { label: t("new.country"), value: partner.country ? country(partner.country) : null },
            {
              label: t("overview.method"),
              value: partner.payout_method ? word("payout_method", partner.payout_method) : null,
            },
            { label: t("edit.trafficback"), value: partner.trafficback_url ?? null },
            { label: t("list.since"), value: <When value={partner.created_at} as="date" /> },
          ]}
        />
        <ExternalRefs refs={partner.external_refs} mayEdit={mayEdit} save={save} />
      </Card>
    </>
  );
}
