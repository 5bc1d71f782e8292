import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { FailedLoad } from "~/frame/FailedLoad";
import { Page } from "~/ui/Page";
import { Bills } from "./Bills";
import { accountsQuery } from "./model";

/** An advertiser's own balance, payments and invoices. */
export default function OwnBillingPage() {
  const { t } = useTranslation("billing");
  const advertiserId = useMe().advertiser_id ?? "";
  const accounts = useQuery(accountsQuery(advertiserId));
  if (accounts.error && !accounts.data)
    return <FailedLoad title={t("own")} error={accounts.error} onRetry={() => void accounts.refetch()} />;
  return (
    <Page title={t("own")} subtitle={t("own_hint")}>
      <Bills advertiserId={advertiserId} accounts={accounts.data} />
    </Page>
  );
}
