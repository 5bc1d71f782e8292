import { Button, Group, SegmentedControl, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "~/domain/person";
import { BonusesAhead } from "~/features/bonuses/BonusesAhead";
import { BonusList } from "~/features/bonuses/BonusList";
import { BillingDetails } from "~/features/papers/BillingDetails";
import { StatementDownload } from "~/features/papers/StatementDownload";
import { OnFile } from "~/features/payout_requirements/OnFile";
import { PrivateRates } from "~/features/plans/PrivateRates";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { EmptyState, ErrorState, Page, Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { balanceQuery, nextPayoutQuery } from "./api";
import { BalanceCards } from "./BalanceCards";
import type { Balance } from "./model";
import { NextPayoutCard } from "./NextPayoutCard";
import { OwnPayouts } from "./OwnPayouts";
import { Statement } from "./Statement";
import { TrafficEarnings } from "./TrafficEarnings";

function readCurrency(raw: PageSearch): { currency: string | undefined } {
  return { currency: textOf(raw, "currency") };
}

function nothingYet(currency: string): Balance {
  return { currency, pending: 0, approved: 0, payable: 0, in_transit: 0, paid: 0, debt: 0 };
}

/** What a partner has earned, when it comes, what came so far. */
export default function EarningsPage() {
  const { t } = useTranslation("payouts");
  const me = useMe();
  if (!me.partner_id)
    return (
      <Page title={t("earnings.title")}>
        <EmptyState title={t("earnings.no_partner")} />
      </Page>
    );
  return <Earnings partnerId={me.partner_id} own={me.workspace.reporting_currency} />;
}

function Earnings({ partnerId, own }: { partnerId: string; own: string }) {
  const { t } = useTranslation("payouts");
  const { t: plans } = useTranslation("plans");
  const maySetDetails = useMay("payout_details:write");
  const [search, change] = usePageState(readCurrency);
  const balances = useQuery(balanceQuery(partnerId));
  const next = useQuery(nextPayoutQuery(partnerId));
  const known = balances.data ?? [];
  const balance = known.find(({ currency }) => currency === search.currency) ?? known[0] ?? nothingYet(own);
  const upcoming = next.data?.find(({ currency }) => currency === balance.currency);
  return (
    <Page
      title={t("earnings.title")}
      subtitle={t("earnings.subtitle")}
      action={
        <Group gap="xs">
          <StatementDownload partnerId={partnerId} currency={balance.currency} />
          {maySetDetails && <BillingDetails whose={{ partner: partnerId }} />}
          <Button component={Link} to="/recruits" variant="default">
            {t("earnings.recruits")}
          </Button>
          <Button component={Link} to="/rewards" variant="default">
            {t("earnings.rewards")}
          </Button>
          <Button component={Link} to="/scrubs" variant="default">
            {t("earnings.scrubs")}
          </Button>
          <Button component={Link} to="/placements" variant="default">
            {t("earnings.placements")}
          </Button>
        </Group>
      }
    >
      {known.length > 1 && (
        <SegmentedControl
          aria-label={t("earnings.currency")}
          style={{ alignSelf: "flex-start" }}
          value={balance.currency}
          onChange={(currency) => change({ currency })}
          data={known.map(({ currency }) => currency)}
        />
      )}
      {balances.isPending && <SkeletonBlock height={260} />}
      {balances.isError && <ErrorState error={balances.error} onRetry={() => void balances.refetch()} />}
      {balances.data && (
        <Stack gap="xl">
          <BalanceCards balance={balance} next={upcoming} />
          {next.isError ? (
            <ErrorState error={next.error} onRetry={() => void next.refetch()} />
          ) : (
            <NextPayoutCard next={upcoming} isLoading={next.isPending} />
          )}
          <OnFile partnerId={partnerId} />
          <BonusesAhead
            partnerId={partnerId}
            frame={(bonuses) => (
              <Section title={t("bonuses.ahead")} hint={t("bonuses.ahead_hint")}>
                {bonuses}
              </Section>
            )}
          />
          <Section title={t("earnings.payouts")} hint={t("earnings.payouts_hint")}>
            <OwnPayouts currency={balance.currency} />
          </Section>
          <PrivateRates
            partnerId={partnerId}
            frame={(rates) => <Section title={plans("private.title")}>{rates}</Section>}
          />
          <TrafficEarnings
            partnerId={partnerId}
            frame={(table) => (
              <Section title={t("traffic.title")} hint={t("traffic.hint")}>
                {table}
              </Section>
            )}
          />
          <BonusList
            partnerId={partnerId}
            frame={(table) => (
              <Section title={t("bonuses.title")} hint={t("bonuses.hint")}>
                {table}
              </Section>
            )}
          />
          <Section title={t("earnings.statement")} hint={t("earnings.statement_hint")}>
            <Statement partnerId={partnerId} balance={balance} />
          </Section>
        </Stack>
      )}
    </Page>
  );
}
