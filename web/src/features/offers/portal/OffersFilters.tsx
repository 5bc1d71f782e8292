import { Group, SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { FilterChips } from "~/ui/FilterChips";
import { oneOf } from "../list/filters";
import type { Offer } from "../model";
import { SearchBox } from "../SearchBox";
import type { OffersSearch } from "./search";

interface Props {
  offers: readonly Offer[];
  search: OffersSearch;
  onChange: (change: Partial<OffersSearch>) => void;
}

export function OffersFilters({ offers, search, onChange }: Props) {
  const { t } = useTranslation("portal");
  const word = useWords();
  const verticals = [...new Set(offers.map(({ vertical }) => vertical))].sort();
  const kinds = [
    { value: "all", label: t("offers.all") },
    { value: "mine", label: t("offers.mine") },
    { value: "open", label: t("offers.open") },
  ];
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label={t("offers.which")}
        data={kinds}
        value={search.show ?? "all"}
        onChange={(show) => onChange({ show: show === "mine" || show === "open" ? show : undefined })}
      />
      <FilterChips
        filters={[
          {
            kind: "one",
            id: "vertical",
            label: t("offers.vertical"),
            options: verticals.map((vertical) => ({ value: vertical, label: word("vertical", vertical) })),
          },
        ]}
        values={{ vertical: search.vertical }}
        onChange={(values) => onChange({ vertical: oneOf(values, "vertical") })}
      >
        <SearchBox label={t("offers.search")} value={search.q} onChange={(q) => onChange({ q })} />
      </FilterChips>
    </Group>
  );
}
