import { Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { useGo } from "~/ui/HrefLink";
import { notifyDone } from "~/ui/Toast";
import { type Invoice, useBillingChanged } from "./model";

type Act = "issue" | "discard" | "void";

/** A draft is issued or thrown away; what was issued is undone by a credit note. */
export function InvoiceActions({ invoice }: { invoice: Omit<Invoice, "names"> }) {
  const { t } = useTranslation("billing");
  const [asked, setAsked] = useState<Act>();
  const close = () => setAsked(undefined);
  const isUndoable = invoice.kind === "invoice" && ["issued", "overdue", "paid"].includes(invoice.state);
  return (
    <Group gap="xs">
      {invoice.state === "draft" && (
        <>
          <Button variant="default" onClick={() => setAsked("discard")}>
            {t("act.discard")}
          </Button>
          <Button onClick={() => setAsked("issue")}>{t("act.issue")}</Button>
        </>
      )}
      {isUndoable && (
        <Button variant="default" onClick={() => setAsked("void")}>
          {t("act.void")}
        </Button>
      )}
      {asked === "issue" && <IssueDialog invoice={invoice} onClose={close} />}
      {asked === "discard" && <DiscardDialog invoice={invoice} onClose={close} />}
      {asked === "void" && <VoidDialog invoice={invoice} onClose={close} />}
    </Group>
  );
}

interface DialogProps {
  invoice: Omit<Invoice, "names">;
  onClose: () => void;
}

function IssueDialog({ invoice, onClose }: DialogProps) {
  const { t } = useTranslation("billing");
  const { money } = useFormat();
  const changed = useBillingChanged();
  const [series, setSeries] = useState("");
  const issue = async () => {
    const params = { path: { id: invoice.id } };
    const body = { series: series.trim() || null };
    const { number } = bodyOf(await client.POST("/v1/invoices/{id}/issue", { params, body }));
    await changed();
    notifyDone(t("act.issued", { number }));
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("act.issue")}
      confirmLabel={t("act.issue")}
      onConfirm={issue}
    >
      <p>{t("act.issue_what", { total: money(invoice.total) })}</p>
      <TextInput
        label={t("act.series")}
        description={t("act.series_help")}
        value={series}
        onChange={(event) => setSeries(event.currentTarget.value.toUpperCase())}
      />
    </ConfirmDialog>
  );
}

function DiscardDialog({ invoice, onClose }: DialogProps) {
  const { t } = useTranslation("billing");
  const changed = useBillingChanged();
  const go = useGo();
  const discard = async () => {
    await client.DELETE("/v1/invoices/{id}", { params: { path: { id: invoice.id } } });
    notifyDone(t("act.discarded"));
    go(`/billing/${invoice.advertiser_id}`);
    await changed();
  };
  return (
    <ConfirmDialog
      opened
      danger
      onClose={onClose}
      title={t("act.discard")}
      confirmLabel={t("act.discard")}
      onConfirm={discard}
    >
      {t("act.discard_what")}
    </ConfirmDialog>
  );
}

function VoidDialog({ invoice, onClose }: DialogProps) {
  const { t } = useTranslation("billing");
  const changed = useBillingChanged();
  const go = useGo();
  const undo = async (reason: string) => {
    const params = { path: { id: invoice.id } };
    const note = bodyOf(await client.POST("/v1/invoices/{id}/void", { params, body: { reason } }));
    await changed();
    notifyDone(t("act.voided", { number: note.number }));
    go(`/invoices/${note.id}`);
  };
  return (
    <ConfirmDialog
      opened
      danger
      onClose={onClose}
      title={t("act.void")}
      confirmLabel={t("act.void")}
      noteLabel={t("act.why")}
      noteRequired
      onConfirm={({ note }) => undo(note)}
    >
      {t("act.void_what")}
    </ConfirmDialog>
  );
}
