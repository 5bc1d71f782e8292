import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { oneOf } from "~/features/offers/list/filters";
import { SearchBox } from "~/features/offers/SearchBox";
import { FilterChips } from "~/ui/FilterChips";
import type { NamedLink } from "./queries";
import type { LinkSearch } from "./search";

interface Props {
  links: readonly NamedLink[];
  search: LinkSearch;
  onChange: (change: Partial<LinkSearch>) => void;
}

/** Filters by what the partner's own links have. */
export function LinkFilters({ links, search, onChange }: Props) {
  const { t } = useTranslation("portal");
  const word = useWords();
  const offers = new Map(links.map(({ offer_id, names }) => [offer_id, names[offer_id] ?? offer_id]));
  const types = [...new Set(links.map(({ traffic_type }) => traffic_type))];
  const one = (id: string, label: string, options: { value: string; label: string }[]) => ({
    kind: "one" as const,
    id,
    label,
    options,
  });
  return (
    <FilterChips
      filters={[
        one(
          "offer",
          t("links.offer"),
          [...offers].map(([value, label]) => ({ value, label })),
        ),
        one(
          "traffic",
          t("links.traffic"),
          types.map((value) => ({ value, label: word("traffic_type", value) })),
        ),
        one(
          "state",
          t("links.state"),
          ["active", "archived"].map((value) => ({ value, label: word("link_state", value) })),
        ),
      ]}
      values={{ offer: search.offer, traffic: search.traffic, state: search.state }}
      onChange={(values) =>
        onChange({
          offer: oneOf(values, "offer"),
          traffic: oneOf(values, "traffic"),
          state: oneOf(values, "state"),
        })
      }
    >
      <SearchBox label={t("links.search")} value={search.q} onChange={(q) => onChange({ q })} />
    </FilterChips>
  );
}
