import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { FilterChips } from "~/ui/FilterChips";
import { OFFER_STATES, VERTICALS, VISIBILITIES } from "../model";
import { useAdvertisers } from "../queries";
import { SearchBox } from "../SearchBox";
import { type OfferSearch, oneOf } from "./filters";

interface Props {
  search: OfferSearch;
  onChange: (change: Partial<OfferSearch>) => void;
}

export function OfferFilters({ search, onChange }: Props) {
  const { t } = useTranslation("offers");
  const word = useWords();
  const advertisers = useAdvertisers();
  const filters = [
    {
      kind: "one" as const,
      id: "state",
      label: t("list.state"),
      options: OFFER_STATES.map((state) => ({ value: state, label: word("offer_state", state) })),
    },
    {
      kind: "one" as const,
      id: "advertiser",
      label: t("list.advertiser"),
      options: advertisers.rows.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      kind: "one" as const,
      id: "visibility",
      label: t("list.visibility"),
      options: VISIBILITIES.map((visibility) => ({
        value: visibility,
        label: word("visibility", visibility),
      })),
    },
    {
      kind: "one" as const,
      id: "vertical",
      label: t("list.vertical"),
      options: VERTICALS.map((vertical) => ({ value: vertical, label: word("vertical", vertical) })),
    },
  ];
  return (
    <FilterChips
      filters={filters}
      values={{ ...search }}
      onChange={(values) =>
        onChange({
          state: oneOf(values, "state"),
          advertiser: oneOf(values, "advertiser"),
          visibility: oneOf(values, "visibility"),
          vertical: oneOf(values, "vertical"),
        })
      }
    >
      <SearchBox label={t("list.search")} value={search.q} onChange={(q) => onChange({ q })} />
    </FilterChips>
  );
}
