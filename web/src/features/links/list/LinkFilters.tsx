import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useOfferOptions, usePartnerOptions } from "~/features/conversions/options";
import { oneOf } from "~/features/offers/list/filters";
import { SearchBox } from "~/features/offers/SearchBox";
import { FilterChips } from "~/ui/FilterChips";
import { LINK_STATES } from "../queries";
import type { LinkSearch } from "./filters";

interface Props {
  search: LinkSearch;
  onChange: (change: Partial<LinkSearch>) => void;
}

export function LinkFilters({ search, onChange }: Props) {
  const { t } = useTranslation("links");
  const word = useWords();
  const offers = useOfferOptions();
  const partners = usePartnerOptions();
  const filters = [
    {
      kind: "one" as const,
      id: "state",
      label: t("list.state"),
      options: LINK_STATES.map((state) => ({ value: state, label: word("link_state", state) })),
    },
    {
      kind: "one" as const,
      id: "partner",
      label: t("list.partner"),
      options: partners.options,
      onSearch: partners.search,
    },
    {
      kind: "one" as const,
      id: "offer",
      label: t("list.offer"),
      options: offers.options,
      onSearch: offers.search,
    },
  ];
  return (
    <FilterChips
      filters={filters}
      values={{ ...search }}
      onChange={(values) =>
        onChange({
          state: oneOf(values, "state"),
          partner: oneOf(values, "partner"),
          offer: oneOf(values, "offer"),
        })
      }
    >
      <SearchBox label={t("list.search")} value={search.q} onChange={(q) => onChange({ q })} />
    </FilterChips>
  );
}
