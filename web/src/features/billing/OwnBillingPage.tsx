import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "~/domain/person";
import { FailedLoad } from "~/frame/FailedLoad";
import { Page } from "~/ui/Page";
import { Bills } from "./Bills";
import { accountsQuery } from "./model";

/** An advertiser's own balance, payments and invoices. */
export default function OwnBillingPage() {
  const { t } = useTranslation("billing");
  const advertiserId = useMe().advertiser_id ?? "";
  const mayReadActs = useMay("reconciliation:acts");
  const accounts = useQuery(accountsQuery(advertiserId));
  if (accounts.error && !accounts.data)
    return <FailedLoad title={t("own")} error={accounts.error} onRetry={() => void accounts.refetch()} />;
  return (
    <Page
      title={t("own")}
      subtitle={t("own_hint")}
      action={
        mayReadActs && (
          <Button component={Link} to="/reconciliation" variant="default">
            {t("closed_periods")}
          </Button>
        )
      }
    >
      <Bills advertiserId={advertiserId} accounts={accounts.data} />
    </Page>
  );
}
