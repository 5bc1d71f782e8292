import { SegmentedControl, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { BillingDetails } from "~/features/papers/BillingDetails";
import { isMonth } from "~/features/payouts/months";
import { PlansView } from "~/features/subscriptions/PlansView";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { Page } from "~/ui/Page";
import { InvoiceFilters, InvoiceTable } from "./InvoiceTable";
import { INVOICE_STATES } from "./model";
import { ReceivableTable } from "./ReceivableTable";

const VIEWS = ["owed", "invoices", "plans"] as const;

function readState(raw: PageSearch) {
  return {
    view: VIEWS.find((view) => view === textOf(raw, "view")) ?? "owed",
    advertiser_id: textOf(raw, "advertiser_id"),
    state: INVOICE_STATES.find((state) => state === textOf(raw, "state")),
    month: [textOf(raw, "month")].find(isMonth),
  };
}

/** What advertisers owe by age, and every invoice. */
export default function BillingPage() {
  const { t } = useTranslation("billing");
  const [search, change] = usePageState(readState);
  const mayReadOwed = useMay("receivables:read");
  const mayBill = useMay("billing:write");
  const view = mayReadOwed ? search.view : "invoices";
  const filter = { advertiser_id: search.advertiser_id, state: search.state, month: search.month };
  const words = { owed: t("owed.title"), invoices: t("invoices.title"), plans: t("plans") };
  return (
    <Page title={t("title")} subtitle={t("subtitle")} action={mayBill && <BillingDetails />}>
      <Stack gap="md">
        {mayReadOwed && (
          <SegmentedControl
            aria-label={t("title")}
            data={VIEWS.map((each) => ({ value: each, label: words[each] }))}
            value={view}
            onChange={(chosen) => change({ view: chosen as typeof view })}
            style={{ alignSelf: "flex-start" }}
          />
        )}
        {view === "owed" && <ReceivableTable />}
        {view === "plans" && <PlansView />}
        {view === "invoices" && (
          <InvoiceTable
            filter={filter}
            withAdvertiser
            toolbar={<InvoiceFilters filter={filter} onChange={change} />}
            onClearFilters={() => change({ advertiser_id: undefined, state: undefined, month: undefined })}
          />
        )}
      </Stack>
    </Page>
  );
}
