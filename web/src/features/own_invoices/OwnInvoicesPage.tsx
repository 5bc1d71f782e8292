import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { EmptyState, Page } from "~/ui/Page";
import { INVOICE_STATES, type InvoiceState } from "./model";
import { OwnInvoiceTable } from "./OwnInvoiceTable";

const ALL = "all";

function readState(raw: PageSearch): { state: InvoiceState | typeof ALL } {
  const asked = textOf(raw, "state");
  return { state: INVOICE_STATES.find((state) => state === asked) ?? (asked === ALL ? ALL : "submitted") };
}

/** Invoices that partners wrote themselves; at first those that wait. */
export default function OwnInvoicesPage() {
  const { t } = useTranslation("own_invoices");
  const word = useWords();
  const [search, change] = usePageState(readState);
  const words = INVOICE_STATES.map((state) => ({
    value: state as string,
    label: word("own_invoice_state", state),
  }));
  return (
    <Page title={t("invoices")} subtitle={t("subtitle")}>
      <OwnInvoiceTable
        withPartner
        filter={{ state: search.state === ALL ? undefined : search.state }}
        toolbar={
          <Select
            aria-label={t("column.state")}
            data={[{ value: ALL, label: t("all_states") }, ...words]}
            value={search.state}
            onChange={(state) => change({ state: (state as InvoiceState | typeof ALL | null) ?? ALL })}
            allowDeselect={false}
          />
        }
        empty={<EmptyState title={t("empty")} text={t("empty_text")} />}
      />
    </Page>
  );
}
