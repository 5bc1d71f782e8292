import { Button, SegmentedControl, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { usePartnerOptions } from "~/features/conversions/options";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { FilterChips, type FilterSpec, type FilterValue } from "~/ui/FilterChips";
import { Page } from "~/ui/Page";
import { GiveDrawer } from "./GiveDrawer";
import { REDEMPTION_STATES, type RedemptionState, rewardUnitsQuery, useRedemptions } from "./model";
import { RedemptionDrawer } from "./RedemptionDrawer";
import { BalanceTable, EntryTable, RedemptionTable } from "./RewardTables";

const VIEWS = ["requests", "balances", "entries"] as const;

function readState(raw: PageSearch) {
  return {
    view: VIEWS.find((view) => view === textOf(raw, "view")) ?? "requests",
    partner_id: textOf(raw, "partner_id"),
    unit: textOf(raw, "unit"),
    state: REDEMPTION_STATES.find((state) => state === textOf(raw, "state")),
    /** What is open beside: a redemption's id, or `give`. */
    open: textOf(raw, "open"),
  };
}

type Search = ReturnType<typeof readState>;
type Change = (change: Partial<Search>, how?: { push?: boolean }) => void;

/** What partners redeem, what they have, and each change of it. */
export default function RewardsPage() {
  const { t } = useTranslation("rewards");
  const [search, change] = usePageState(readState);
  const mayGive = useMay("rewards:write");
  const { data: units } = useQuery(rewardUnitsQuery);
  const give = mayGive && units !== undefined && units.length > 0;
  const words = { requests: t("requests"), balances: t("balances"), entries: t("entries") };
  const close = () => change({ open: undefined });
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      action={give && <Button onClick={() => change({ open: "give" })}>{t("give")}</Button>}
    >
      <Stack gap="md">
        <SegmentedControl
          aria-label={t("title")}
          data={VIEWS.map((view) => ({ value: view, label: words[view] }))}
          value={search.view}
          onChange={(view) => change({ view: view as Search["view"], open: undefined })}
          style={{ alignSelf: "flex-start" }}
        />
        <View search={search} change={change} />
      </Stack>
      {give && search.open === "give" && <GiveDrawer units={units} onClose={close} />}
    </Page>
  );
}

function View({ search, change }: { search: Search; change: Change }) {
  const { view, partner_id, unit, state } = search;
  const shared = {
    filter: { partner_id, unit },
    toolbar: <Filters search={search} onChange={change} />,
    onClearFilters: () => change({ partner_id: undefined, unit: undefined, state: undefined }),
  };
  if (view === "balances")
    return (
      <BalanceTable
        {...shared}
        onOpen={(row) =>
          change({ view: "entries", partner_id: row.partner_id, unit: row.unit }, { push: true })
        }
      />
    );
  if (view === "entries") return <EntryTable {...shared} />;
  return (
    <>
      <RedemptionTable {...shared} state={state} onOpen={(row) => change({ open: row.id }, { push: true })} />
      <Opened search={search} onClose={() => change({ open: undefined })} />
    </>
  );
}

function Opened({ search, onClose }: { search: Search; onClose: () => void }) {
  const { partner_id, unit, state, open } = search;
  const { rows } = useRedemptions({ partner_id, unit, state });
  const opened = rows.find(({ id }) => id === open);
  return opened ? <RedemptionDrawer key={opened.id} redemption={opened} onClose={onClose} /> : null;
}

function Filters({ search, onChange }: { search: Search; onChange: Change }) {
  const { t } = useTranslation("rewards");
  const word = useWords();
  const partners = usePartnerOptions();
  const { data: units } = useQuery(rewardUnitsQuery);
  const { view, partner_id, unit, state } = search;
  const states: FilterSpec = {
    kind: "one",
    id: "state",
    label: t("column.state"),
    options: REDEMPTION_STATES.map((code) => ({ value: code, label: word("redemption_state", code) })),
  };
  const specs: FilterSpec[] = [
    {
      kind: "one",
      id: "partner_id",
      label: t("column.partner"),
      options: partners.options,
      onSearch: partners.search,
    },
    {
      kind: "one",
      id: "unit",
      label: t("column.unit"),
      options: (units ?? []).map(({ code }) => ({ value: code, label: code })),
    },
    ...(view === "requests" ? [states] : []),
  ];
  return (
    <FilterChips
      filters={specs}
      values={{ partner_id, unit, state }}
      onChange={(values) =>
        onChange({
          partner_id: single(values.partner_id),
          unit: single(values.unit),
          state: single(values.state) as RedemptionState | undefined,
        })
      }
    />
  );
}

function single(value: FilterValue): string | undefined {
  return typeof value === "string" ? value : undefined;
}
