import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { notifyDone } from "~/ui/Toast";
import { forgetPayouts, markFailed, markPaid } from "./api";
import type { Payout } from "./model";

export interface Settling {
  outcome: "paid" | "failed";
  payout: Payout;
}

/** Asks before one payout is called paid or failed; neither can be taken back. */
export function SettleDialog({ settling, onClose }: { settling: Settling | undefined; onClose: () => void }) {
  const { t } = useTranslation("payouts");
  const { money } = useFormat();
  const queries = useQueryClient();
  const payout = settling?.payout;
  const isFailed = settling?.outcome === "failed";
  const said = { partner: payout?.payee_name, amount: money(payout?.amount) };
  const settle = async (note: string) => {
    if (!payout) return;
    await (isFailed ? markFailed(payout.id, note) : markPaid(payout.id, note));
    await forgetPayouts(queries);
    notifyDone(isFailed ? t("failed.done", said) : t("paid.one_done", said));
  };
  return (
    <ConfirmDialog
      opened={settling !== undefined}
      onClose={onClose}
      title={isFailed ? t("failed.title") : t("paid.one_title")}
      confirmLabel={isFailed ? t("failed.confirm") : t("paid.confirm")}
      danger={isFailed}
      noteLabel={isFailed ? t("failed.reason") : t("paid.reference")}
      noteRequired={isFailed}
      onConfirm={({ note }) => settle(note)}
    >
      {isFailed ? t("failed.text", said) : t("paid.one_text", said)}
    </ConfirmDialog>
  );
}
