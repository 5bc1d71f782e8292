import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { useOfferOptions, usePartnerOptions } from "~/features/conversions/options";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { FilterChips, type FilterSpec, type FilterValue } from "~/ui/FilterChips";
import { Page } from "~/ui/Page";
import { PLACEMENT_KINDS, PLACEMENT_STATES, type PlacementFilter } from "./model";
import { PlacementList } from "./PlacementList";

const FILTERS = ["partner_id", "offer_id", "kind", "state", "from", "to"] as const;

function readState(raw: PageSearch) {
  return {
    partner_id: textOf(raw, "partner_id"),
    offer_id: textOf(raw, "offer_id"),
    kind: textOf(raw, "kind"),
    state: textOf(raw, "state"),
    from: textOf(raw, "from"),
    to: textOf(raw, "to"),
    /** What is open beside: a placement's id, or `new`. */
    placement: textOf(raw, "placement"),
  };
}

/** Every post, newsletter slot, stream and review that was agreed on. */
export default function PlacementsPage() {
  const { t } = useTranslation("placements");
  const [search, change] = usePageState(readState);
  const mayEdit = useMay("placements:write");
  const filter = Object.fromEntries(FILTERS.map((name) => [name, search[name]])) as PlacementFilter;
  const none = Object.fromEntries(FILTERS.map((name) => [name, undefined]));
  const add = mayEdit ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ placement: "new" })}>
      {t("add")}
    </Button>
  ) : null;
  return (
    <Page title={t("title")} subtitle={t("subtitle")} action={add}>
      <PlacementList
        filter={filter}
        open={search.placement === "new" && !mayEdit ? undefined : search.placement}
        onOpen={(placement) => change({ placement }, { push: placement !== undefined })}
        emptyText={t("none_text")}
        add={add}
        toolbar={<Filters search={search} onChange={change} />}
        onClearFilters={() => change(none)}
      />
    </Page>
  );
}

interface FiltersProps {
  search: ReturnType<typeof readState>;
  onChange: (change: Partial<ReturnType<typeof readState>>) => void;
}

function Filters({ search, onChange }: FiltersProps) {
  const { t } = useTranslation("placements");
  const word = useWords();
  const offers = useOfferOptions();
  const partners = usePartnerOptions();
  const specs: FilterSpec[] = [
    {
      kind: "one",
      id: "partner_id",
      label: t("field.partner"),
      options: partners.options,
      onSearch: partners.search,
    },
    {
      kind: "one",
      id: "offer_id",
      label: t("field.offer"),
      options: offers.options,
      onSearch: offers.search,
    },
    {
      kind: "one",
      id: "kind",
      label: t("field.kind"),
      options: PLACEMENT_KINDS.map((code) => ({ value: code, label: word("placement_kind", code) })),
    },
    {
      kind: "one",
      id: "state",
      label: t("field.state"),
      options: PLACEMENT_STATES.map((code) => ({ value: code, label: word("placement_state", code) })),
    },
    { kind: "dates", id: "days", label: t("field.day") },
  ];
  const { partner_id, offer_id, kind, state, from, to } = search;
  const days = from && to ? { from, to } : undefined;
  return (
    <FilterChips
      filters={specs}
      values={{ partner_id, offer_id, kind, state, days }}
      onChange={(values) =>
        onChange({
          partner_id: single(values.partner_id),
          offer_id: single(values.offer_id),
          kind: single(values.kind),
          state: single(values.state),
          ...ends(values.days),
        })
      }
    />
  );
}

function single(value: FilterValue): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function ends(value: FilterValue): { from: string | undefined; to: string | undefined } {
  const isRange = typeof value === "object" && !Array.isArray(value);
  return { from: isRange ? value.from : undefined, to: isRange ? value.to : undefined };
}
