import { Text, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { effectOf, type RateDraft } from "~/features/plans/effect";
import { type MarginWordsSent, useMarginWords } from "~/features/plans/MarginWords";
import { RateField } from "~/features/plans/RateField";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { type BumpRequest, useAnswer } from "./queries";
import { useRateText } from "./useRateText";

interface Props {
  request: BumpRequest;
  by: "accept" | "counter";
  currency: string;
  onClose: () => void;
}

/** The manager gives the rate, or offers another one; either may have a last day. */
export function AnswerRate({ request, by, currency, onClose }: Props) {
  const { t } = useTranslation("bump_requests");
  const text = useRateText();
  const answer = useAnswer();
  const [rate, setRate] = useState<RateDraft>({ kind: "percent", value: "" });
  const [until, setUntil] = useState("");
  const [words, setWords] = useState("");
  const offered = effectOf(rate, currency);
  const isCounter = by === "counter";
  const send = useMutation({
    mutationFn: (margin: MarginWordsSent) =>
      answer(request.id, {
        state: isCounter ? "countered" : "accepted",
        rate: isCounter ? offered : null,
        until: until || null,
        words: words.trim() || null,
        ...margin,
      }),
    onSuccess: () => {
      notifyDone(t("answered"));
      onClose();
    },
  });
  const margin = useMarginWords(send.error);
  const complaints = send.error ? fieldErrors(send.error) : {};
  return (
    <FormDrawer
      title={isCounter ? t("counter") : t("accept")}
      onClose={onClose}
      onSubmit={() => (!isCounter || offered) && send.mutate(margin.sent)}
      error={send.error}
      isSaving={send.isPending}
      submitLabel={isCounter ? t("counter") : t("accept")}
    >
      <Text size="sm">{t("private", { rate: text(request.wanted, currency) })}</Text>
      {margin.field}
      {isCounter && (
        <RateField
          label={t("other_rate")}
          draft={rate}
          onChange={setRate}
          currency={currency}
          error={complaints.rate}
        />
      )}
      <TextInput
        type="date"
        label={t("until")}
        description={t("until_help")}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
        error={complaints.until}
      />
      <Textarea
        label={t("words")}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        maxLength={200}
        autosize
        error={complaints.words}
      />
    </FormDrawer>
  );
}
