import { Button, Group, Stack, Text } from "@mantine/core";
import { IconGift } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { EmptyState, ErrorState, Page, Section } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import {
  type RewardBalance,
  type RewardUnit,
  rewardUnitsQuery,
  useRewardAmount,
  useRewardBalances,
} from "./model";
import { RedeemDrawer } from "./RedeemDrawer";
import { EntryTable, RedemptionTable } from "./RewardTables";

function readState(raw: PageSearch) {
  return { redeem: textOf(raw, "redeem") };
}

/** What a partner got beside money, and what it gave up for something. */
export default function OwnRewardsPage() {
  const { t } = useTranslation("rewards");
  const [search, change] = usePageState(readState);
  const { data: units } = useQuery(rewardUnitsQuery);
  const balances = useRewardBalances({});
  const unit = units?.find(({ code }) => code === search.redeem);
  const balance = balances.rows.find((row) => row.unit === search.redeem);
  const mayRedeem = useMay("rewards:redeem");
  return (
    <Page title={t("title")} subtitle={t("own_subtitle")}>
      <Stack gap="xl">
        <Section title={t("own_balance")}>
          {balances.error && <ErrorState error={balances.error} onRetry={balances.retry} />}
          {balances.state === "loading" && <SkeletonLines lines={2} />}
          {balances.state === "ready" && balances.rows.length === 0 && (
            <EmptyState
              icon={<IconGift size={28} stroke={1.5} />}
              title={t("none")}
              text={t("own_none_text")}
            />
          )}
          {balances.rows.map((row) => (
            <Balance
              key={row.id}
              row={row}
              unit={units?.find(({ code }) => code === row.unit)}
              onRedeem={mayRedeem ? () => change({ redeem: row.unit }) : undefined}
            />
          ))}
        </Section>
        <Section title={t("requests")}>
          <RedemptionTable filter={{}} isOwn />
        </Section>
        <Section title={t("entries")}>
          <EntryTable filter={{}} isOwn />
        </Section>
      </Stack>
      {mayRedeem && unit && balance && (
        <RedeemDrawer unit={unit} balance={balance} onClose={() => change({ redeem: undefined })} />
      )}
    </Page>
  );
}

interface BalanceProps {
  row: RewardBalance;
  unit: RewardUnit | undefined;
  onRedeem?: () => void;
}

function Balance({ row, unit, onRedeem }: BalanceProps) {
  const { t } = useTranslation("rewards");
  const amount = useRewardAmount();
  return (
    <Group justify="space-between" py="xs">
      <div>
        <Text fw={600} className="figures">
          {amount(row.balance_minor, row.unit)}
        </Text>
        <Text size="sm" c="dimmed" translate="no">
          {unit?.name ?? row.unit}
        </Text>
        {row.coming_minor > 0 && (
          <Text size="sm" c="dimmed">
            {t("coming_hint", { amount: amount(row.coming_minor, row.unit) })}
          </Text>
        )}
      </div>
      {onRedeem && row.balance_minor > 0 && (
        <Button variant="default" onClick={onRedeem}>
          {t("redeem")}
        </Button>
      )}
    </Group>
  );
}
