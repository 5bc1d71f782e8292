import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { SubscriptionSection } from "~/features/subscriptions/SubscriptionSection";
import { Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { AccountCards } from "./AccountCards";
import { InvoiceTable } from "./InvoiceTable";
import type { Account } from "./model";
import { PaymentTable } from "./PaymentTable";

interface Props {
  advertiserId: string;
  /** Absent while they load. */
  accounts: Account[] | undefined;
  onTerms?: (account: Account) => void;
  onRefund?: (account: Account) => void;
}

/** Balances, invoices and payments of one advertiser. */
export function Bills({ advertiserId, accounts, onTerms, onRefund }: Props) {
  const { t } = useTranslation("billing");
  return (
    <Stack gap="xl">
      {accounts ? (
        <AccountCards accounts={accounts} onTerms={onTerms} onRefund={onRefund} />
      ) : (
        <SkeletonBlock height={160} />
      )}
      <SubscriptionSection advertiserId={advertiserId} />
      <Section title={t("invoices.title")}>
        <InvoiceTable filter={{ advertiser_id: advertiserId }} />
      </Section>
      <Section title={t("payment.title")} hint={t("payment.hint")}>
        <PaymentTable advertiserId={advertiserId} />
      </Section>
    </Stack>
  );
}
