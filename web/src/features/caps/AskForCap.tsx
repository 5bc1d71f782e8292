import { NumberInput, Select, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { bodyOf, type Offer } from "~/features/offers/model";
import { MoneyInput } from "~/ui/FigureInputs";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { type CapMetric, type CapPeriod, isMoney, PERIODS } from "./model";
import { useRequestsChanged } from "./requests";

const ASKED = ["conversions", "clicks", "payout"] as const satisfies readonly CapMetric[];

/** A partner asks for a cap of its own. */
export function AskForCap({ offer, onClose }: { offer: Offer; onClose: () => void }) {
  const { t } = useTranslation("caps");
  const word = useWords();
  const changed = useRequestsChanged();
  const [metric, setMetric] = useState<CapMetric>("conversions");
  const [period, setPeriod] = useState<CapPeriod>("day");
  const [limit, setLimit] = useState<number | null>(null);
  const [note, setNote] = useState("");
  const ask = useMutation({
    mutationFn: async () => {
      const body = { offer_id: offer.id, metric, period, limit: limit ?? 0, note: note.trim() || null };
      return bodyOf(await client.POST("/v1/cap-requests", { body }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t("ask.sent"));
      onClose();
    },
  });
  const complaints = ask.error ? fieldErrors(ask.error) : {};
  return (
    <FormDrawer
      title={t("ask.title")}
      onClose={onClose}
      onSubmit={() => ask.mutate()}
      error={ask.error}
      isSaving={ask.isPending}
      submitLabel={t("ask.send")}
    >
      <Select
        label={t("field.metric")}
        data={ASKED.map((code) => ({ value: code, label: word("cap_metric", code) }))}
        value={metric}
        onChange={(code) => {
          if (code) setMetric(code as CapMetric);
          setLimit(null);
        }}
        allowDeselect={false}
      />
      <Select
        label={t("field.period")}
        data={PERIODS.map((code) => ({ value: code, label: word("cap_period", code) }))}
        value={period}
        onChange={(code) => code && setPeriod(code as CapPeriod)}
        allowDeselect={false}
      />
      {isMoney(metric) ? (
        <MoneyInput
          label={t("field.limit")}
          value={limit}
          onChange={setLimit}
          currency={offer.currency}
          required
          error={complaints.limit}
        />
      ) : (
        <NumberInput
          label={t("field.limit")}
          value={limit ?? ""}
          onChange={(value) => setLimit(typeof value === "number" ? value : null)}
          min={1}
          allowDecimal={false}
          required
          error={complaints.limit}
        />
      )}
      <Textarea
        label={t("ask.note")}
        description={t("ask.note_help")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={200}
        autosize
      />
    </FormDrawer>
  );
}
