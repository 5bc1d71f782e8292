import { useMemo } from "react";
import type { Schemas } from "~/api/client";
import { COUNTRY_CODES } from "~/domain/targeting/countryCodes";
import { useWords } from "~/domain/words";
import { TRAFFIC_TYPES } from "~/features/offers/model";
import { LANGUAGES } from "~/i18n";
import { folded, type Vocabulary } from "./cells";

/** What people write beside the names of the languages. */
const ALSO: readonly (readonly [string, string])[] = [
  ["uk", "GB"],
  ["great britain", "GB"],
  ["usa", "US"],
  ["сша", "US"],
];

/** Countries by their codes and their names in every language of the screens. */
function countryNames(): Map<string, string> {
  const names = LANGUAGES.map((language) => new Intl.DisplayNames([language], { type: "region" }));
  const known = COUNTRY_CODES.flatMap((code): [string, string][] => [
    [folded(code), code],
    ...names.map((of): [string, string] => [folded(of.of(code) ?? code), code]),
  ]);
  return new Map([...ALSO, ...known]);
}

/** What the cells of an offer's card may name. */
export function useVocabulary(offer: Schemas["OfferOut"]): Vocabulary {
  const word = useWords();
  const countries = useMemo(countryNames, []);
  return useMemo(() => {
    const traffic = TRAFFIC_TYPES.flatMap((type): [string, string][] => [
      [type, type],
      [folded(word("traffic_type", type)), type],
    ]);
    return { currency: offer.currency, goals: offer.goals, countries, traffic: new Map(traffic) };
  }, [offer.currency, offer.goals, countries, word]);
}
