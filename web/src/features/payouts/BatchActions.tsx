import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import { downloadText } from "~/ui/table/csv";
import { batchFile, forgetPayouts, markBatchPaid } from "./api";
import { sumsByState } from "./batchState";
import type { BatchDetail } from "./model";

/** The file to pay with, and the word that all of it was paid. */
export function BatchActions({ batch }: { batch: BatchDetail }) {
  const { t } = useTranslation("payouts");
  const { money, number } = useFormat();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const file = useMutation({
    mutationFn: () => batchFile(batch.id),
    onSuccess: (text) => downloadText(`${batch.id}.csv`, text),
    onError: notifyFailed,
  });
  const waiting = sumsByState(batch.payouts, batch.total.currency).find(
    ({ state }) => state === "in_transit",
  );
  const count = waiting?.count ?? 0;
  const payouts = t("counted.payouts_accusative", { count, shown: number(count) });
  const pay = async (reference: string) => {
    await markBatchPaid(batch.id, reference);
    await forgetPayouts(queries);
    notifyDone(t("paid.done", { count, shown: number(count) }));
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} />}
        loading={file.isPending}
        onClick={() => file.mutate()}
      >
        {t("batch.download")}
      </Button>
      {count > 0 && <Button onClick={() => setIsAsking(true)}>{t("paid.all")}</Button>}
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={t("paid.all_title")}
        confirmLabel={t("paid.confirm")}
        noteLabel={t("paid.reference")}
        onConfirm={({ note }) => pay(note)}
      >
        {t("paid.all_text", { payouts, amount: money(waiting?.amount) })}
      </ConfirmDialog>
    </>
  );
}
