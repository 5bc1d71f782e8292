import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { notifyDone } from "~/ui/Toast";
import { type NamedInvoice, reviewInvoice, useInvoicesChanged } from "./model";

export interface Reviewed {
  row: NamedInvoice;
  accept: boolean;
}

/** Accepts an invoice, or sends it back and says why. */
export function ReviewDialog({ asked, onClose }: { asked: Reviewed; onClose: () => void }) {
  const { t } = useTranslation("own_invoices");
  const { money } = useFormat();
  const changed = useInvoicesChanged();
  const { row, accept } = asked;
  const said = {
    number: row.number,
    partner: row.names[row.partner_id] ?? row.partner_id,
    gross: money(row.gross),
  };
  const review = async (note: string) => {
    await reviewInvoice(row.id, accept, note);
    await changed();
    notifyDone(accept ? t("accepted") : t("sent_back"));
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={accept ? t("accept_title") : t("send_back_title")}
      confirmLabel={accept ? t("accept") : t("send_back")}
      danger={!accept}
      noteLabel={accept ? undefined : t("why")}
      noteRequired={!accept}
      onConfirm={({ note }) => review(note)}
    >
      {accept ? t("accept_text", said) : t("send_back_text", said)}
    </ConfirmDialog>
  );
}
