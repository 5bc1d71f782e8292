import { Anchor, Button, Group } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { advertiserQuery } from "~/features/advertisers/queries";
import { BillingDetails } from "~/features/papers/BillingDetails";
import { FailedLoad } from "~/frame/FailedLoad";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { Page } from "~/ui/Page";
import { Bills } from "./Bills";
import { DrawDrawer } from "./DrawDrawer";
import { accountsQuery } from "./model";
import { PaymentDrawer } from "./PaymentDrawer";
import { TermsDrawer } from "./TermsDrawer";

const NEW_TERMS = "terms";

function readState(raw: PageSearch) {
  return {
    /** What is open beside: `payment`, `refund`, `invoice`, or `terms` with a currency behind where there are some. */
    open: textOf(raw, "open"),
    currency: textOf(raw, "currency"),
  };
}

/** One advertiser's money: terms and balances, payments, invoices. */
export default function AdvertiserBillingPage() {
  const { t } = useTranslation("billing");
  const { advertiserId = "" } = useParams({ strict: false });
  const [search, change] = usePageState(readState);
  const mayEdit = useMay("billing:write");
  const advertiser = useQuery(advertiserQuery(advertiserId));
  const accounts = useQuery(accountsQuery(advertiserId));
  const title = advertiser.data ? t("of_one", { name: advertiser.data.name }) : t("title");
  const close = () => change({ open: undefined, currency: undefined });
  const back = (
    <Anchor component={Link} to="/billing" fz="sm">
      <Group gap={4}>
        <IconArrowLeft size={14} aria-hidden />
        {t("back")}
      </Group>
    </Anchor>
  );
  const failure = advertiser.error ?? accounts.error;
  if (failure && !(advertiser.data && accounts.data))
    return (
      <FailedLoad
        title={title}
        error={failure}
        onRetry={() => {
          void advertiser.refetch();
          void accounts.refetch();
        }}
      />
    );
  const acts = (
    <Group gap="xs">
      <BillingDetails whose={{ advertiser: advertiserId }} />
      <Button variant="default" onClick={() => change({ open: NEW_TERMS })}>
        {accounts.data?.length ? t("terms.another") : t("terms.new")}
      </Button>
      <Button variant="default" onClick={() => change({ open: "payment" })}>
        {t("payment.record")}
      </Button>
      <Button onClick={() => change({ open: "invoice" })}>{t("draw.title")}</Button>
    </Group>
  );
  const account = accounts.data?.find(({ currency }) => currency === search.currency);
  return (
    <Page title={title} subtitle={back} action={mayEdit && acts}>
      <Bills
        advertiserId={advertiserId}
        accounts={accounts.data}
        onTerms={
          mayEdit ? ({ currency }) => change({ open: NEW_TERMS, currency }, { push: true }) : undefined
        }
        onRefund={
          mayEdit ? ({ currency }) => change({ open: "refund", currency }, { push: true }) : undefined
        }
      />
      {mayEdit && (search.open === "payment" || search.open === "refund") && (
        <PaymentDrawer
          advertiserId={advertiserId}
          currency={search.currency}
          isRefund={search.open === "refund"}
          onClose={close}
        />
      )}
      {mayEdit && search.open === "invoice" && <DrawDrawer advertiserId={advertiserId} onClose={close} />}
      {mayEdit && search.open === NEW_TERMS && accounts.data && (
        <TermsDrawer key={search.currency} advertiserId={advertiserId} account={account} onClose={close} />
      )}
    </Page>
  );
}
