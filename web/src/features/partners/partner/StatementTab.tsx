import { Group, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { BonusesAhead } from "~/features/bonuses/BonusesAhead";
import { BonusList } from "~/features/bonuses/BonusList";
import { PayoutDetails } from "~/features/identity/profile/PayoutDetails";
import { BillingDetails } from "~/features/papers/BillingDetails";
import { StatementDownload } from "~/features/papers/StatementDownload";
import { balanceQuery } from "~/features/payouts/api";
import { Statement } from "~/features/payouts/Statement";
import { TrafficEarnings } from "~/features/payouts/TrafficEarnings";
import { PayeeTermsSection } from "~/features/payouts/terms/PayeeTermsSection";
import { EmptyState, ErrorState, Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import type { Partner } from "../model";

/** Every entry of the book that touched the partner's accounts, one currency at a time. */
export function StatementTab({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  const { t: payouts } = useTranslation("payouts");
  const { t: identity } = useTranslation("identity");
  const { data, error, refetch } = useQuery(balanceQuery(partner.id));
  const [chosen, setChosen] = useState<string | null>(null);
  const maySetDetails = useMay("payout_details:write");
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonBlock height={320} />;
  const balance = data.find(({ currency }) => currency === chosen) ?? data[0];
  const account = maySetDetails && (
    <Section title={identity("payout_details.title")} hint={t("statement.account_hint")}>
      <PayoutDetails partnerId={partner.id} />
    </Section>
  );
  const terms = <PayeeTermsSection partnerId={partner.id} />;
  if (!balance) {
    return (
      <>
        <EmptyState title={t("statement.empty")} text={t("statement.empty_text")} />
        {account}
        {terms}
      </>
    );
  }
  return (
    <>
      <Group gap="xs">
        <StatementDownload partnerId={partner.id} currency={balance.currency} />
        {maySetDetails && <BillingDetails whose={{ partner: partner.id }} />}
      </Group>
      {data.length > 1 && (
        <SegmentedControl
          aria-label={t("balance.currency")}
          style={{ alignSelf: "flex-start" }}
          data={data.map(({ currency }) => currency)}
          value={balance.currency}
          onChange={setChosen}
        />
      )}
      <Statement partnerId={partner.id} balance={balance} />
      {account}
      {terms}
      <TrafficEarnings
        partnerId={partner.id}
        frame={(table) => (
          <Section title={payouts("traffic.title")} hint={payouts("traffic.hint")}>
            {table}
          </Section>
        )}
      />
      <BonusesAhead
        partnerId={partner.id}
        frame={(bonuses) => (
          <Section title={payouts("bonuses.ahead")} hint={payouts("bonuses.ahead_hint")}>
            {bonuses}
          </Section>
        )}
      />
      <BonusList
        partnerId={partner.id}
        frame={(table) => (
          <Section title={payouts("bonuses.title")} hint={payouts("bonuses.hint")}>
            {table}
          </Section>
        )}
      />
    </>
  );
}
