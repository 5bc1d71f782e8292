import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "~/api/problem";

/** As bodies of the API take them. */
export interface MarginWordsSent {
  margin_words: string | null;
}

/** Why a change may leave less than the workspace wants: asked for once the server has refused it for that. */
export function useMarginWords(error: unknown) {
  const { t } = useTranslation("plans");
  const [isAsked, setAsked] = useState(false);
  const [words, setWords] = useState("");
  if (!isAsked && error && Problem.of(error).code === "margin_too_thin") setAsked(true);
  const field = isAsked && (
    <Textarea
      label={t("margin_words")}
      description={t("margin_words_help")}
      value={words}
      onChange={(event) => setWords(event.currentTarget.value)}
      maxLength={200}
      autosize
      data-autofocus
    />
  );
  const sent: MarginWordsSent = { margin_words: words.trim() || null };
  return { field, sent };
}
