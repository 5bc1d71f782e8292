import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { notifyDone } from "~/ui/Toast";
import { approveBatch, forgetPayouts, markBatchPaid, rejectBatch, sendBatch } from "./api";
import { sumsByState } from "./batchState";
import { FileButton } from "./FileButton";
import type { BatchDetail } from "./model";

type Act = "approve" | "reject" | "send" | "paid";

/** What may be done with a batch now, in the order it is done. */
export function actsOf(batch: BatchDetail, me: string): readonly Act[] {
  const isByService = batch.method === "paypal";
  const waits = batch.payouts.some(({ state }) => state === "in_transit");
  switch (batch.state) {
    case "awaiting_approval":
      return batch.created_by === me ? ["reject"] : ["reject", "approve"];
    case "approved":
      if (!waits) return [];
      return isByService ? ["reject", "send"] : ["reject", "send", "paid"];
    case "sent":
      return waits && !isByService ? ["paid"] : [];
    case "doubtful":
      return waits ? ["paid"] : [];
    default:
      return [];
  }
}

const HAS_FILE: readonly BatchDetail["state"][] = ["approved", "sending", "sent", "doubtful"];

/** The file to pay with, and each step of a batch's way. */
export function BatchActions({ batch }: { batch: BatchDetail }) {
  const { t } = useTranslation("payouts");
  const me = useMe();
  const [asking, setAsking] = useState<Act>();
  const acts = actsOf(batch, me.user_id);
  const main = acts.at(-1);
  return (
    <>
      {HAS_FILE.includes(batch.state) && batch.method !== "paypal" && <FileButton batch={batch} />}
      {acts.map((act) => (
        <Button
          key={act}
          variant={act === main && act !== "reject" ? "filled" : "default"}
          onClick={() => setAsking(act)}
        >
          {t(`act.${act}.label`)}
        </Button>
      ))}
      {asking && <ActDialog act={asking} batch={batch} onClose={() => setAsking(undefined)} />}
    </>
  );
}

function ActDialog({ act, batch, onClose }: { act: Act; batch: BatchDetail; onClose: () => void }) {
  const { t } = useTranslation("payouts");
  const { money, number } = useFormat();
  const queries = useQueryClient();
  const waiting = sumsByState(batch.payouts, batch.total.currency).find(
    ({ state }) => state === "in_transit",
  );
  const count = waiting?.count ?? 0;
  const said = {
    payouts: t("counted.payouts_accusative", { count, shown: number(count) }),
    amount: money(waiting?.amount),
  };
  const isByService = batch.method === "paypal";
  const carryOut = async (note: string) => {
    if (act === "approve") await approveBatch(batch.id);
    if (act === "reject") await rejectBatch(batch.id, note);
    if (act === "send") await sendBatch(batch.id);
    if (act === "paid") await markBatchPaid(batch.id, note);
    await forgetPayouts(queries);
    notifyDone(
      act === "paid" ? t("paid.done", { count, shown: number(count) }) : t(`act.${act}.done`),
    );
  };
  const notes = { reject: t("act.reject.reason"), paid: t("paid.reference") };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(`act.${act}.title`)}
      confirmLabel={t(`act.${act}.confirm`)}
      danger={act === "reject"}
      noteLabel={act === "reject" || act === "paid" ? notes[act] : undefined}
      noteRequired={act === "reject"}
      onConfirm={({ note }) => carryOut(note)}
    >
      {act === "send" && isByService ? t("act.send.text_service", said) : t(`act.${act}.text`, said)}
    </ConfirmDialog>
  );
}
