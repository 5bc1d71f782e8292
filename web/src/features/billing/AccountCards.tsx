import { Button, Card, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { type Format, useFormat } from "~/ui/format";
import { type KeyValue, KeyValues } from "~/ui/KeyValues";
import type { Account } from "./model";

interface Props {
  accounts: readonly Account[];
  onTerms?: (account: Account) => void;
  onRefund?: (account: Account) => void;
}

/** An advertiser's balances, one card a currency. */
export function AccountCards({ accounts, ...acts }: Props) {
  const { t } = useTranslation("billing");
  if (accounts.length === 0) return <Text c="dimmed">{t("account.none")}</Text>;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {accounts.map((account) => (
        <AccountCard key={account.id} account={account} {...acts} />
      ))}
    </SimpleGrid>
  );
}

function AccountCard({ account, onTerms, onRefund }: Omit<Props, "accounts"> & { account: Account }) {
  const { t } = useTranslation("billing");
  const word = useWords();
  const format = useFormat();
  const { currency, left_minor: left } = account;
  const facts = [
    ...stopped(account, t, word),
    ...standing(account, t, format),
    ...terms(account, t, format, word),
  ];
  return (
    <Card withBorder padding="lg">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Text fw={600}>
            {word("funding", account.funding)}, <span translate="no">{currency}</span>
          </Text>
          <StateChip of="account" state={account.state} />
        </Group>
        {left != null && (
          <div>
            <Text c="dimmed" size="sm">
              {t("account.left")}
            </Text>
            <Text fz={24} fw={600} className="figures" c={left <= 0 ? "var(--ui-down)" : undefined}>
              {format.money({ minor: left, currency })}
            </Text>
          </div>
        )}
        <KeyValues items={facts} />
        {(onTerms || onRefund) && (
          <Group gap="xs">
            {onTerms && (
              <Button variant="default" size="xs" mih={32} onClick={() => onTerms(account)}>
                {t("terms.change")}
              </Button>
            )}
            {onRefund && account.prepaid > 0 && (
              <Button variant="default" size="xs" mih={32} onClick={() => onRefund(account)}>
                {t("payment.refund")}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Card>
  );
}

/** Why nothing goes on, where it is stopped. */
function stopped(
  { stopped_by: by }: Account,
  t: TFunction<"billing">,
  word: ReturnType<typeof useWords>,
): KeyValue[] {
  return by ? [{ label: t("account.stopped_by"), value: word("stopped_by", by) }] : [];
}

/** How its money stands now. */
function standing(account: Account, t: TFunction<"billing">, { money }: Format): KeyValue[] {
  const { currency } = account;
  const sum = (minor: number) => money({ minor, currency });
  return [
    { label: t("column.receivable"), value: sum(account.receivable) },
    { label: t("column.prepaid"), value: sum(account.prepaid) },
    { label: t("column.pending"), value: sum(account.pending) },
  ];
}

/** What was agreed. */
function terms(
  account: Account,
  t: TFunction<"billing">,
  { money, number }: Format,
  word: ReturnType<typeof useWords>,
): KeyValue[] {
  const { currency, partners_paid: paid, exposure_limit_minor: exposure } = account;
  const sum = (minor: number) => money({ minor, currency });
  return [
    ...(account.funding === "credit"
      ? [{ label: t("terms.credit_limit"), value: sum(account.credit_limit_minor) }]
      : []),
    { label: t("terms.on_empty"), value: word("cap_on_reach", account.on_empty) },
    {
      label: t("terms.payment_days"),
      value: t("terms.days", { count: account.payment_days, shown: number(account.payment_days) }),
    },
    { label: t("terms.vat_rate"), value: `${number(account.vat_bp / 100)} %` },
    ...(paid ? [{ label: t("terms.partners_paid"), value: word("partners_paid", paid) }] : []),
    ...(exposure != null ? [{ label: t("terms.exposure_limit"), value: sum(exposure) }] : []),
  ];
}
