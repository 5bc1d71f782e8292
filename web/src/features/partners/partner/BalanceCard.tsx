import { Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { Card } from "~/features/offers/editor/Card";
import { balanceQuery, nextPayoutQuery } from "~/features/payouts/api";
import { HrefLink } from "~/ui/HrefLink";
import { Money } from "~/ui/Money";
import { ErrorState } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import type { Partner } from "../model";
import { NextPayout } from "./NextPayout";

const ACCOUNTS = ["pending", "approved", "payable", "in_transit", "paid", "debt"] as const;
type Part = (typeof ACCOUNTS)[number];

/** What the book calls them. */
const BOOKED: Record<Part, string> = {
  pending: "partner_pending",
  approved: "partner_approved",
  payable: "partner_payable",
  in_transit: "in_transit",
  paid: "cash",
  debt: "partner_debt",
};

function entriesOf(partnerId: string, part: Part, currency: string): string {
  return `/journal?${new URLSearchParams({ partner: partnerId, account: BOOKED[part], currency })}`;
}

/** The partner's accounts as the book says, and what is paid next. */
export function BalanceCard({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  const balance = useQuery(balanceQuery(partner.id));
  const next = useQuery(nextPayoutQuery(partner.id));
  const readsJournal = useMay("journal:read");
  const words = {
    pending: t("balance.pending"),
    approved: t("balance.approved"),
    payable: t("balance.payable"),
    in_transit: t("balance.in_transit"),
    paid: t("balance.paid"),
    debt: t("balance.debt"),
  };
  return (
    <Card title={t("balance.title")}>
      {balance.isError && <ErrorState error={balance.error} onRetry={() => void balance.refetch()} />}
      {balance.isPending && <SkeletonBlock height={80} />}
      {balance.data?.length === 0 && <Text c="dimmed">{t("balance.empty")}</Text>}
      {balance.data && balance.data.length > 0 && (
        <Table.ScrollContainer minWidth={640} type="native">
          <Table verticalSpacing="xs" tabularNums>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t("balance.currency")}</Table.Th>
                {ACCOUNTS.map((account) => (
                  <Table.Th key={account} scope="col" ta="end">
                    {words[account]}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {balance.data.map((item) => (
                <Table.Tr key={item.currency}>
                  <Table.Th scope="row">{item.currency}</Table.Th>
                  {ACCOUNTS.map((account) => (
                    <Table.Td key={account} ta="end">
                      {readsJournal && item[account] !== 0 ? (
                        <HrefLink href={entriesOf(partner.id, account, item.currency)}>
                          <Money value={{ minor: item[account], currency: item.currency }} />
                        </HrefLink>
                      ) : (
                        <Money value={{ minor: item[account], currency: item.currency }} />
                      )}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {next.data?.map((item) => (
        <NextPayout key={item.currency} next={item} isActive={partner.state === "active"} />
      ))}
    </Card>
  );
}
