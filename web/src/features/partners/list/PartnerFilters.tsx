import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { oneOf } from "~/features/offers/list/filters";
import { useManagers } from "~/features/offers/queries";
import { SearchBox } from "~/features/offers/SearchBox";
import { FilterChips } from "~/ui/FilterChips";
import { PARTNER_STATES } from "../model";
import type { PartnerSearch } from "./filters";

interface Props {
  search: PartnerSearch;
  onChange: (change: Partial<PartnerSearch>) => void;
  groups: readonly string[];
  tags: readonly string[];
}

const asOption = (value: string) => ({ value, label: value });

export function PartnerFilters({ search, onChange, groups, tags }: Props) {
  const { t } = useTranslation("partners");
  const word = useWords();
  const managers = useManagers();
  const filters = [
    {
      kind: "one" as const,
      id: "state",
      label: t("list.state"),
      options: PARTNER_STATES.map((state) => ({ value: state, label: word("partner_state", state) })),
    },
    { kind: "one" as const, id: "group", label: t("list.group"), options: groups.map(asOption) },
    { kind: "one" as const, id: "tag", label: t("list.tag"), options: tags.map(asOption) },
    { kind: "one" as const, id: "manager", label: t("list.manager"), options: managers },
  ];
  return (
    <FilterChips
      filters={filters}
      values={{ ...search }}
      onChange={(values) =>
        onChange({
          state: oneOf(values, "state"),
          group: oneOf(values, "group"),
          tag: oneOf(values, "tag"),
          manager: oneOf(values, "manager"),
        })
      }
    >
      <SearchBox label={t("list.search")} value={search.q} onChange={(q) => onChange({ q })} />
    </FilterChips>
  );
}
