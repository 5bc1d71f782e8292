import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { notifyDone } from "~/ui/Toast";
import { forgetPayouts, markFailed, markPaid, markReturned } from "./api";
import type { Payout } from "./model";

export interface Settling {
  outcome: "paid" | "failed" | "returned";
  payout: Payout;
}

/** Asks before it is said what became of one payout; that cannot be taken back. */
export function SettleDialog({ settling, onClose }: { settling: Settling | undefined; onClose: () => void }) {
  const { t } = useTranslation("payouts");
  const { money } = useFormat();
  const queries = useQueryClient();
  const payout = settling?.payout;
  const outcome = settling?.outcome ?? "paid";
  const isBad = outcome !== "paid";
  const said = { partner: payout?.payee_name, amount: money(payout?.amount) };
  const settle = async (note: string) => {
    if (!payout) return;
    await { paid: markPaid, failed: markFailed, returned: markReturned }[outcome](payout.id, note);
    await forgetPayouts(queries);
    notifyDone(isBad ? t("failed.done", said) : t("paid.one_done", said));
  };
  const title = { paid: t("paid.one_title"), failed: t("failed.title"), returned: t("returned.title") };
  const text = {
    paid: t("paid.one_text", said),
    failed: t("failed.text", said),
    returned: t("returned.text", said),
  };
  const confirm = { paid: t("paid.confirm"), failed: t("failed.confirm"), returned: t("returned.confirm") };
  return (
    <ConfirmDialog
      opened={settling !== undefined}
      onClose={onClose}
      title={title[outcome]}
      confirmLabel={confirm[outcome]}
      danger={isBad}
      noteLabel={isBad ? t("failed.reason") : t("paid.reference")}
      noteRequired={isBad}
      onConfirm={({ note }) => settle(note)}
    >
      {text[outcome]}
    </ConfirmDialog>
  );
}
