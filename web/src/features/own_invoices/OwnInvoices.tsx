import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { EmptyState, ErrorState, Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { InvoiceDrawer } from "./InvoiceDrawer";
import { toInvoiceQuery } from "./model";
import { OwnInvoiceTable } from "./OwnInvoiceTable";
import { ToInvoice } from "./ToInvoice";

/** What a partner that writes its own invoices has to invoice, and what it handed in. */
export function OwnInvoices({ partnerId }: { partnerId: string }) {
  const { t } = useTranslation("own_invoices");
  const mayRead = useMay("own_invoices:read");
  const maySubmit = useMay("own_invoices:write");
  const [isOpen, setIsOpen] = useState(false);
  const told = useQuery(toInvoiceQuery(partnerId));
  return (
    <Section
      title={t("title")}
      hint={t("hint")}
      action={
        maySubmit &&
        told.data && (
          <Button variant="default" onClick={() => setIsOpen(true)}>
            {t("hand_in")}
          </Button>
        )
      }
    >
      {told.isPending && <SkeletonBlock height={120} />}
      {told.isError && <ErrorState error={told.error} onRetry={() => void told.refetch()} />}
      {told.data && <ToInvoice partnerId={partnerId} told={told.data} />}
      {mayRead && (
        <OwnInvoiceTable
          filter={{ partner_id: partnerId }}
          empty={<EmptyState title={t("none")} text={t("none_text")} />}
        />
      )}
      {isOpen && told.data && (
        <InvoiceDrawer partnerId={partnerId} told={told.data} onClose={() => setIsOpen(false)} />
      )}
    </Section>
  );
}
