import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useCountryName } from "~/domain/countries";
import { useWords, type WordList } from "~/domain/words";
import { type Format, useFormat } from "~/ui/format";

/** What it takes to say a rule: a language, a currency, and the names of what the rule speaks of. */
export interface Speaker {
  t: TFunction<"plan_words">;
  format: Pick<Format, "money" | "number" | "date" | "language">;
  currency: string;
  /** Names of goals and partners by id. */
  names: Readonly<Record<string, string>>;
  country: (code: string) => string;
  word: (list: WordList, code: string) => string;
}

/** Speaks the rules of an offer in the person's language. */
export function useSpeaker(currency: string, names: Readonly<Record<string, string>>): Speaker {
  const { t } = useTranslation("plan_words");
  const format = useFormat();
  const country = useCountryName();
  const word = useWords();
  // The names of countries change with the language alone, and so does the format.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `country` is made anew on each drawing
  return useMemo(() => ({ t, format, currency, names, country, word }), [t, format, currency, names, word]);
}
