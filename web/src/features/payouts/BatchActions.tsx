import { Button, Checkbox, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { notifyDone } from "~/ui/Toast";
import { approveBatch, forgetPayouts, markBatchPaid, rejectBatch, sendBatch } from "./api";
import { isOpen, sumsByState } from "./batchState";
import { FileButton } from "./FileButton";
import type { BatchDetail } from "./model";

type Act = "approve" | "reject" | "send" | "paid";

/** What may be done with a batch now, in the order it is done. */
export function actsOf(batch: BatchDetail, me: string): readonly Act[] {
  const isByService = batch.method === "paypal";
  const waits = isOpen(batch);
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
  const me = useMe();
  const words = useActWords(batch);
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
          {words[act].label}
        </Button>
      ))}
      {asking && <ActDialog act={asking} batch={batch} onClose={() => setAsking(undefined)} />}
    </>
  );
}

interface ActWords {
  label: string;
  title: string;
  text: string;
  confirm: string;
  done: string;
  note?: string;
}

/** What each act is called, and what it does to whom and how much. */
function useActWords(batch: BatchDetail): Record<Act, ActWords> {
  const { t } = useTranslation("payouts");
  const { money, number } = useFormat();
  const waiting = sumsByState(batch).find(({ state }) => state === "in_transit");
  const counted = { count: waiting?.count ?? 0, shown: number(waiting?.count ?? 0) };
  const said = { payouts: t("counted.payouts_accusative", counted), amount: money(waiting?.amount) };
  return {
    approve: {
      label: t("act.approve.label"),
      title: t("act.approve.title"),
      text: t("act.approve.text", said),
      confirm: t("act.approve.confirm"),
      done: t("act.approve.done"),
    },
    reject: {
      label: t("act.reject.label"),
      title: t("act.reject.title"),
      text: t("act.reject.text", said),
      confirm: t("act.reject.confirm"),
      done: t("act.reject.done"),
      note: t("act.reject.reason"),
    },
    send: {
      label: t("act.send.label"),
      title: t("act.send.title"),
      text: batch.method === "paypal" ? t("act.send.text_service", said) : t("act.send.text", said),
      confirm: t("act.send.confirm"),
      done: t("act.send.done"),
    },
    paid: {
      label: t("act.paid.label"),
      title: t("act.paid.title"),
      text: t("act.paid.text", said),
      confirm: t("act.paid.confirm"),
      done: t("paid.done", counted),
      note: t("paid.reference"),
    },
  };
}

function ActDialog({ act, batch, onClose }: { act: Act; batch: BatchDetail; onClose: () => void }) {
  const queries = useQueryClient();
  const { t } = useTranslation("payouts");
  const { dateTime } = useFormat();
  const words = useActWords(batch)[act];
  const [fileNotUsed, setFileNotUsed] = useState(false);
  const carryOut = async (note: string) => {
    if (act === "approve") await approveBatch(batch.id);
    if (act === "reject") await rejectBatch(batch.id, note, fileNotUsed);
    if (act === "send") await sendBatch(batch.id);
    if (act === "paid") await markBatchPaid(batch.id, note);
    await forgetPayouts(queries);
    notifyDone(words.done);
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={words.title}
      confirmLabel={words.confirm}
      danger={act === "reject"}
      noteLabel={words.note}
      noteRequired={act === "reject"}
      onConfirm={({ note }) => carryOut(note)}
    >
      {act === "reject" && batch.file_given_at ? (
        <Stack gap="sm">
          <Text size="sm">{words.text}</Text>
          <Text size="sm">{t("act.reject.file_given", { when: dateTime(batch.file_given_at) })}</Text>
          <Checkbox
            label={t("act.reject.file_not_used")}
            checked={fileNotUsed}
            onChange={(event) => setFileNotUsed(event.currentTarget.checked)}
          />
        </Stack>
      ) : (
        words.text
      )}
    </ConfirmDialog>
  );
}
